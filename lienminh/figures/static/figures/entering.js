// Nothing typed is lost when a session ends while a form is open: what is typed is held in this tab
// until a page is reached that is neither the form, nor its preview, nor the sign-in page.
"use strict";

const HELD = "held:";
const held = document.querySelectorAll("form[data-hold]");

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
}

function keep(name, form) {
  const typed = fieldsOf(form).map((field) => (field.type === "checkbox" ? [field.name, field.value, field.checked] : [field.name, "", field.value]));
  sessionStorage.setItem(name, JSON.stringify(typed));
}

function restore(name, form) {
  JSON.parse(sessionStorage.getItem(name) || "[]").forEach(([field, box, value]) => {
    const found = fieldsOf(form).find((one) => one.name === field && (one.type !== "checkbox" || one.value === box));
    if (!found) return;
    if (found.type === "checkbox") found.checked = value;
    else found.value = value;
  });
}

held.forEach((form) => {
  if (!fieldsOf(form).length) return;
  const address = new URL(form.action);
  const name = `${HELD}${form.dataset.hold}:${address.pathname}${address.search}`;
  restore(name, form);
  form.addEventListener("input", () => keep(name, form));
});
if (!held.length) {
  Object.keys(sessionStorage).filter((name) => name.startsWith(HELD)).forEach((name) => sessionStorage.removeItem(name));
}

// What HTML cannot do alone. Every page reads, and every form works, without it.
"use strict";

// One tab stop a table: arrow keys go from number to number.
function cellLinks(table) {
  return [...table.rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
}
document.querySelectorAll("table[data-grid]").forEach((table) => {
  const links = [...table.querySelectorAll("td a")];
  links.forEach((link, index) => { link.tabIndex = index ? -1 : 0; });
  table.addEventListener("keydown", (event) => {
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = steps[event.key];
    if (!step || event.target.tagName !== "A") return;
    event.preventDefault();
    const grid = cellLinks(table);
    let row = event.target.closest("tr").rowIndex;
    let column = event.target.closest("td, th").cellIndex;
    for (;;) {
      row += step[0];
      column += step[1];
      if (!grid[row] || column < 0 || column >= grid[row].length) return;
      if (grid[row][column]) break;
    }
    event.target.tabIndex = -1;
    grid[row][column].tabIndex = 0;
    grid[row][column].focus();
  });
});

// Copy a table for Excel: numbers as numbers, what qualifies them in a column of its own.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const table = document.getElementById(button.dataset.copy);
  const text = [...table.rows]
    .map((row) => [...row.cells].flatMap((cell) => {
      const words = cell.textContent.trim().replace(/\s+/g, " ");
      return "value" in cell.dataset ? [cell.dataset.value, cell.dataset.qualifier || ""] : "wide" in cell.dataset ? [words, ""] : [words];
    }).join("\t"))
    .join("\n");
  navigator.clipboard.writeText(text).then(() => { button.textContent = button.dataset.done; });
});

// Copy a sentence with its source.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy-text]");
  if (!button) return;
  navigator.clipboard.writeText(button.dataset.copyText).then(() => { button.textContent = button.dataset.done; });
});

// A form is sent once; nothing typed is lost when the session ends meanwhile.
document.querySelectorAll("form[data-keep]").forEach((form) => {
  const name = `kept:${location.pathname}:${form.dataset.keep}`;
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden" && !["password", "checkbox", "radio"].includes(field.type));
  const kept = JSON.parse(sessionStorage.getItem(name) || "{}");
  fields().forEach((field) => { if (kept[field.name] !== undefined && field.value === field.defaultValue) field.value = kept[field.name]; });
  form.addEventListener("input", () => {
    sessionStorage.setItem(name, JSON.stringify(Object.fromEntries(fields().map((field) => [field.name, field.value]))));
  });
  if (form.dataset.done) sessionStorage.removeItem(name);
});
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => { document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }); });

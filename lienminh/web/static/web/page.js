// What HTML cannot do alone. Every page reads, and every form works, without it.
"use strict";

// One tab stop a table, its first number: arrow keys go along a row, and to the same column of the next.
function beside(link, step) {
  const links = [...link.closest("tr").querySelectorAll("a")];
  return links[links.indexOf(link) + step];
}
function below(link, step) {
  const column = link.closest("td, th").cellIndex;
  const rows = [...link.closest("table").rows];
  for (let row = rows.indexOf(link.closest("tr")) + step; rows[row]; row += step) {
    const found = rows[row].cells[column]?.querySelector("a");
    if (found) return found;
  }
  return undefined;
}
const ways = { ArrowUp: [below, -1], ArrowDown: [below, 1], ArrowLeft: [beside, -1], ArrowRight: [beside, 1] };
document.querySelectorAll("table[data-grid]").forEach((table) => {
  const first = table.querySelector("td a") || table.querySelector("a");
  table.querySelectorAll("a").forEach((link) => { link.tabIndex = link === first ? 0 : -1; });
  table.addEventListener("keydown", (event) => {
    if (!(event.key in ways) || event.target.tagName !== "A") return;
    event.preventDefault();
    const [way, step] = ways[event.key];
    const next = way(event.target, step);
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
});

// A table that is wider than its page is reached by keyboard, to be moved sideways with the arrow keys.
const widths = new ResizeObserver((seen) => seen.forEach(({ target }) => {
  if (target.scrollWidth <= target.clientWidth || target.querySelector("a, button, input, select")) return;
  target.tabIndex = 0;
  target.setAttribute("role", "group");
  const headings = [...document.querySelectorAll("main :is(h1, h2, h3)")];
  const above = headings.filter((one) => one.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
  target.setAttribute("aria-label", (above.at(-1) || headings[0])?.textContent.trim() || document.title);
}));
document.querySelectorAll(".table:not([tabindex])").forEach((table) => widths.observe(table));

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

// Long work that is done in pieces goes on by itself.
document.querySelector("form[data-goes-on]")?.requestSubmit();

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

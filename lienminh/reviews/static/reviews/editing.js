// A draft's words and numbers side by side: codes go into the words at the caret, Enter in the
// form of a new number asks for it. Without this file codes are typed and the buttons pressed.
"use strict";

const words = document.getElementById("words");
let written = null;

words.addEventListener("focusin", (event) => { if (event.target.matches("textarea[name^='p'], textarea[name^='new-']")) written = event.target; });
words.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-insert]");
  if (!button) return;
  const text = written || words.querySelector("textarea[name^='p'], textarea[name^='new-']");
  text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.closest("#new-number") || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  words.querySelector("button[name='step'][value='ask']").click();
});
words.addEventListener("change", (event) => {
  if (event.target.name === "n-indicator" && event.target.value) words.querySelector("button[name='step'][value='ask']").click();
});
// The session ended meanwhile: sign in again; what was typed is kept in this tab.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (new URL(event.detail.xhr.responseURL).pathname === location.pathname) return;
  event.detail.shouldSwap = false;
  location.reload();
});

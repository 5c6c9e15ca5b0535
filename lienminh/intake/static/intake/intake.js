// Walking through the figures of a text by keyboard; every key presses what the page shows anyway.
"use strict";

const findings = [...document.querySelectorAll(".findings > .finding")];
let current = findings.findIndex((one) => `#${one.id}` === location.hash);

function markOf(finding) {
  return document.getElementById(`m${finding.id.slice(1)}`);
}

function goTo(index, focus) {
  if (!findings[index]) return;
  document.querySelectorAll(".current").forEach((one) => one.classList.remove("current"));
  current = index;
  const finding = findings[index];
  finding.closest("details.folded")?.setAttribute("open", "");
  finding.classList.add("current");
  if (focus) {
    finding.focus({ preventScroll: true });
    finding.scrollIntoView({ block: "center" });
  }
  const mark = markOf(finding);
  const pane = mark?.closest(".document");
  if (!pane) return;
  mark.classList.add("current");
  if (pane.scrollHeight > pane.clientHeight) pane.scrollTop = mark.offsetTop - pane.offsetTop - pane.clientHeight / 3;
}

function firstOpen() {
  return findings.findIndex((one) => one.classList.contains("open"));
}

const keys = {
  j: () => goTo(current + 1, true),
  ArrowDown: () => goTo(current + 1, true),
  k: () => goTo(Math.max(current - 1, 0), true),
  ArrowUp: () => goTo(Math.max(current - 1, 0), true),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable], .document")) return;
  if (event.key in keys && (event.key.length === 1 || event.target.closest(".finding"))) {
    event.preventDefault();
    if (current < 0 && event.key !== "k") goTo(Math.max(firstOpen(), 0), true);
    else keys[event.key]();
    return;
  }
  findings[current]?.querySelector(`[data-act="${event.key}"]`)?.click();
});

document.addEventListener("click", (event) => {
  const finding = event.target.closest(".finding");
  if (finding) goTo(findings.indexOf(finding), false);
});

document.querySelectorAll(".words mark a").forEach((link) => link.addEventListener("click", () => {
  const index = findings.findIndex((one) => `#${one.id}` === link.hash);
  goTo(index, true);
}));

if (current >= 0) goTo(current, true);

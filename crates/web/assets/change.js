// Rows to confirm by keyboard: single keys on a row that has focus. Without this file every word is a button.
"use strict";

(() => {
  const rows = () => Array.from(document.querySelectorAll(".ch-row"));
  const open = () => rows().filter((row) => row.hasAttribute("data-open"));
  if (rows().length === 0) return;
  rows().forEach((row) => row.setAttribute("tabindex", "0"));

  function go(row) {
    if (!row) return;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function next(row, among, step) {
    const all = rows();
    const at = all.indexOf(row);
    const order = step > 0 ? all.slice(at + 1) : all.slice(0, at).reverse();
    return order.find((other) => among.includes(other));
  }

  const verdicts = { a: "full", p: "partial", r: "rejected" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const row = event.target;
    if (!(row instanceof Element) || !row.classList.contains("ch-row")) return;
    const key = event.key.toLowerCase();
    if (verdicts[key]) {
      const button = row.querySelector(`button[name="verdict"][value="${verdicts[key]}"]`);
      if (button) {
        event.preventDefault();
        button.click();
      }
    } else if (key === "s") {
      event.preventDefault();
      go(next(row, open(), 1) || open()[0]);
    } else if (key === "j" || key === "k") {
      event.preventDefault();
      go(next(row, rows(), key === "j" ? 1 : -1));
    }
  });

  // After a word the page comes back at its program: the next row that waits has focus.
  const program = window.location.hash.startsWith("#program-") && document.getElementById(window.location.hash.slice(1));
  if (program) {
    const section = program.closest("section");
    go(section.querySelector(".ch-row[data-open]"));
  }
})();

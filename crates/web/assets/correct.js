// Shows on the page's picture where the value stands that is being looked at, and asks before corrections are lost.
"use strict";

(() => {
  const form = document.getElementById("values-form");
  if (!form) return;
  const marks = document.querySelectorAll(".page-picture [data-field]");

  function point(event) {
    const field = event.target.closest("[data-field]");
    for (const mark of marks) {
      mark.classList.toggle("now", Boolean(field) && mark.dataset.field === field.dataset.field);
    }
  }

  let changed = false;
  form.addEventListener("focusin", point);
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
})();

// Says how far long work has come, and goes to its result when it is over. Without this file "Look again" does the same.
"use strict";

(() => {
  const box = document.getElementById("work-progress");
  if (!box) return;
  const words = box.querySelector("[data-words]");
  const bar = box.querySelector("progress");

  async function look() {
    try {
      const answer = await fetch(box.dataset.from, { headers: { accept: "application/json" } });
      const state = answer.ok ? await answer.json() : { finished: true };
      if (state.finished) {
        window.location.reload();
        return;
      }
      if (state.total > 0) {
        bar.max = state.total;
        bar.value = state.done;
      }
      // The status is read aloud when it changes; whole tenths are often enough.
      const tenth = state.total > 0 ? Math.floor((10 * state.done) / state.total) : -1;
      if (box.dataset.tenth !== String(tenth)) {
        box.dataset.tenth = String(tenth);
        words.textContent = state.words;
      }
    } catch {
      words.textContent = "The server cannot be reached. Check that credway is still running.";
    }
    window.setTimeout(look, 500);
  }

  look();
})();

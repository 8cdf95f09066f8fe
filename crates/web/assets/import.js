// Says how far a long reading or writing of a file has come, and shows the answer when it is there.
"use strict";

(() => {
  const box = document.getElementById("import-progress");
  if (!box) return;
  const words = box.querySelector("[data-words]");
  const bar = box.querySelector("progress");
  let last = "";

  async function look() {
    try {
      const answer = await fetch(box.dataset.from, { credentials: "same-origin" });
      if (!answer.ok) {
        window.location.reload();
        return;
      }
      const state = await answer.json();
      if (state.finished) {
        window.location.reload();
        return;
      }
      if (state.total > 0) {
        bar.max = state.total;
        bar.value = state.done;
      }
      if (state.words !== last) {
        last = state.words;
        words.textContent = state.words;
      }
    } catch (error) {
      words.textContent = "The server could not be reached; trying again.";
    }
    window.setTimeout(look, 700);
  }

  look();
})();

// Review by keyboard, and decisions that update their card in place. Every action here is a form or link that also
// works without this file.
"use strict";

(() => {
  const page = document.getElementById("review");
  if (!page) return;
  const live = document.getElementById("review-live");
  const trouble = document.getElementById("review-trouble");
  const help = document.getElementById("review-help");
  const keys = document.getElementById("review-keys");
  const done = [];
  let busy = false;

  const cards = () => Array.from(page.querySelectorAll("article.card"));
  const isOpen = (card) => card.dataset.open === "true";
  const current = () => page.querySelector("article.card[aria-current='true']");
  const say = (words) => {
    live.textContent = "";
    window.setTimeout(() => { live.textContent = words; }, 60);
  };

  function mark(card) {
    cards().forEach((other) => other.removeAttribute("aria-current"));
    if (card) card.setAttribute("aria-current", "true");
  }

  function visit(card) {
    mark(card);
    card.focus();
    card.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = cards();
    if (all.length === 0) return;
    const at = all.indexOf(current());
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(at + step, all.length - 1));
    visit(all[next]);
  }

  function onward(card) {
    const all = cards();
    const at = all.indexOf(card);
    const next = all.slice(at + 1).concat(all.slice(0, at)).find(isOpen);
    const end = document.getElementById("review-end");
    end.hidden = Boolean(next);
    if (next) {
      visit(next);
    } else {
      mark(null);
      (document.getElementById("end-next") || end).focus();
    }
  }

  function complain(words) {
    trouble.textContent = words;
    trouble.hidden = false;
    trouble.focus();
  }

  async function send(form, submitter, undoing) {
    if (busy) return;
    busy = true;
    const card = form.closest("article.card");
    card.setAttribute("aria-busy", "true");
    const body = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) body.append(submitter.name, submitter.value);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { "x-credway-part": "card" },
        credentials: "same-origin",
      });
      const text = await answer.text();
      const parts = new DOMParser().parseFromString(text, "text/html");
      const fresh = parts.querySelector("article.card");
      if (!answer.ok || !fresh) {
        const words = parts.querySelector("main p, p");
        complain(words ? words.textContent.trim() : `The server answered ${answer.status}. Nothing was recorded.`);
        return;
      }
      const kept = document.importNode(fresh, true);
      card.replaceWith(kept);
      for (const id of ["review-progress", "review-standing"]) {
        const place = document.getElementById(id);
        const newer = parts.getElementById(id);
        if (place && newer) place.replaceWith(document.importNode(newer, true));
      }
      trouble.hidden = true;
      const progress = document.getElementById("review-progress");
      say(`${kept.dataset.said} ${progress ? progress.dataset.said : ""}`);
      if (undoing) {
        document.getElementById("review-end").hidden = true;
        visit(kept);
      } else {
        done.push(kept.id);
        onward(kept);
      }
    } catch (error) {
      complain("The server could not be reached; nothing was recorded. Check that credway is still running, then try again.");
    } finally {
      busy = false;
      const still = document.getElementById(card.id);
      if (still) still.removeAttribute("aria-busy");
    }
  }

  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-part]")) return;
    event.preventDefault();
    send(form, event.submitter, form.dataset.part === "undo");
  });

  page.addEventListener("focusin", (event) => {
    const card = event.target.closest("article.card");
    if (card && card !== current()) mark(card);
  });

  function press(value) {
    const card = current() || cards().find(isOpen);
    const button = card && card.querySelector(`button[name='verdict'][value='${value}']`);
    if (button) button.click();
  }

  function undo() {
    const own = current() && current().querySelector("form[data-part='undo']");
    while (!own && done.length > 0) {
      const card = document.getElementById(done.pop());
      const form = card && card.querySelector("form[data-part='undo']");
      if (form) return form.requestSubmit();
    }
    const notice = document.querySelector("form[data-undo-last]");
    if (own) own.requestSubmit();
    else if (notice) notice.requestSubmit();
    else say("There is nothing to undo on this page.");
  }

  function explain() {
    const card = current() || cards()[0];
    const more = card && card.querySelector("details.why");
    if (!more) return;
    more.open = true;
    more.querySelector("input[name='reason']").focus();
  }

  function follow(id, words) {
    const link = document.getElementById(id);
    if (link && link.href) link.click();
    else say(words);
  }

  const actions = {
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    a: () => press("full"),
    p: () => press("partial"),
    r: () => press("rejected"),
    e: explain,
    u: undo,
    s: () => follow("go-next", "This is the last one."),
    n: () => follow("go-next", "This is the last one."),
    b: () => follow("go-previous", "This is the first one."),
    c: () => follow("go-turn", ""),
    "?": () => help.showModal(),
  };

  const switchedOn = () => keys.checked;
  const writing = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape" && event.target.matches("input[name='reason']")) {
      visit(event.target.closest("article.card"));
      return;
    }
    if (!switchedOn() || help.open || writing(event.target)) return;
    const arrows = event.key.startsWith("Arrow");
    if (arrows && !event.target.closest("article.card")) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (!action) return;
    event.preventDefault();
    if (!event.repeat || arrows || "jk".includes(event.key)) action();
  });

  try {
    keys.checked = window.localStorage.getItem("credway-review-keys") !== "off";
  } catch (error) {
    keys.checked = true;
  }
  keys.addEventListener("change", () => {
    try {
      window.localStorage.setItem("credway-review-keys", keys.checked ? "on" : "off");
    } catch (error) {
      // Private windows may refuse storage: the choice then holds for this page only.
    }
    say(keys.checked ? "Single-key shortcuts are on." : "Single-key shortcuts are off.");
  });
  document.querySelectorAll("[data-needs-script]").forEach((element) => { element.hidden = false; });
  document.getElementById("open-help").addEventListener("click", () => help.showModal());

  // The first open card is the current one, but focus stays where the reader is unless the address names a card.
  const named = window.location.hash.length > 1 ? document.getElementById(window.location.hash.slice(1)) : null;
  const card = named && (named.closest("article.card") || named.querySelector("article.card"));
  mark(card || cards().find(isOpen) || cards()[0]);
  // The browser goes to the named place itself when the page is loaded, and takes the focus away in doing so.
  if (card) window.addEventListener("load", () => window.setTimeout(() => visit(card)));
})();

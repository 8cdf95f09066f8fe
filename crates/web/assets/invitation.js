// Puts the code that stands after # into the form, and out of the address: also when the link is pasted over this page.
"use strict";
function fill() {
  const code = location.hash.slice(1);
  const field = document.getElementById("code");
  if (!code || !field) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
fill();
window.addEventListener("hashchange", fill);

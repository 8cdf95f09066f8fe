// Puts the code that stands after # into the form, and out of the address.
"use strict";
const code = location.hash.slice(1);
const field = document.getElementById("code");
if (code && field) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}

// Publishing many reports: each answer of the server brings a page that asks for the next ones by itself.
"use strict";

(() => {
  const form = document.getElementById("going-on");
  if (!form) return;
  document.getElementById("by-itself").hidden = false;
  document.getElementById("by-hand").hidden = true;
  document.getElementById("next").hidden = true;
  // Time to see the page, and to stop.
  const next = setTimeout(() => form.requestSubmit(), 700);
  for (const link of document.links) link.addEventListener("click", () => clearTimeout(next));
  // Whoever comes back to it has stopped: from here on by hand.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    clearTimeout(next);
    document.getElementById("by-itself").hidden = true;
    document.getElementById("by-hand").hidden = false;
    document.getElementById("next").hidden = false;
  });
})();

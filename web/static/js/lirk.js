// What every page does: focus where reading should go on, and a warning before the session ends.
"use strict";

(() => {
  const WARN_BEFORE = 5 * 60 * 1000;
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

  function focusWhereReadingGoesOn() {
    const summary = document.getElementById("error-summary");
    if (summary) summary.focus();
    else if (document.querySelector(".receipt")) document.getElementById("page-title")?.focus({ preventScroll: true });
  }

  function watchSession() {
    const dialog = document.getElementById("expiring");
    const given = meta("session-expires");
    if (!dialog || !given) return;
    let expires = Date.parse(given);
    const stay = document.getElementById("expiring-stay");
    const gone = dialog.querySelector(".expiring-gone");
    const offered = stay.closest("p");

    const look = () => {
      const left = expires - Date.now();
      if (left <= 0) {
        gone.hidden = false;
        offered.hidden = true;
      }
      if (left <= WARN_BEFORE && !dialog.open) dialog.showModal();
    };
    stay.addEventListener("click", async () => {
      try {
        const headers = { "X-CSRF-Token": meta("csrf-token"), Accept: "application/json" };
        const answer = await fetch("/session", { method: "PUT", headers });
        if (!answer.ok) throw new Error(String(answer.status));
        expires = Date.parse((await answer.json()).expires_at);
        dialog.close();
      } catch {
        gone.hidden = false;
        offered.hidden = true;
      }
    });
    // Saving an answer keeps the session alive as well.
    document.addEventListener("lirk:alive", (event) => { expires = Date.parse(event.detail); });
    setInterval(look, 15000);
    look();
  }

  function offerPrint() {
    for (const control of document.querySelectorAll("[data-print]")) {
      control.hidden = false;
      control.addEventListener("click", () => window.print());
    }
  }

  function showPasswords() {
    for (const button of document.querySelectorAll("[data-shows]")) {
      const input = document.getElementById(button.dataset.shows);
      if (!input) continue;
      button.hidden = false;
      button.addEventListener("click", () => {
        const shown = input.type === "text";
        input.type = shown ? "password" : "text";
        button.setAttribute("aria-pressed", String(!shown));
      });
    }
  }

  focusWhereReadingGoesOn();
  watchSession();
  offerPrint();
  showPasswords();
})();

// What every page does: focus where reading should go on, warnings before the session or something typed is lost.
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

  function offerCopies() {
    for (const control of document.querySelectorAll("[data-copies]")) {
      if (!navigator.clipboard) continue;
      control.hidden = false;
      control.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(control.dataset.copies).textContent.trim());
        const before = control.innerHTML;
        control.textContent = control.dataset.done;
        setTimeout(() => { control.innerHTML = before; }, 2000);
      });
    }
  }

  // Leaving a form, or a marked part of one, with something typed and not sent asks first; a page that came back
  // with errors holds such.
  function guardUnsaved() {
    const forms = [...document.querySelectorAll("[data-unsaved]")];
    let sending = null;

    const differs = (field) => {
      if (field.matches("input[type=checkbox], input[type=radio]")) return field.checked !== field.defaultChecked;
      if (!field.matches("select")) return field.value !== field.defaultValue;
      const chosen = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(chosen, 0);
    };
    const unsaved = (form) =>
      form.dataset.unsaved === "yes" || [...form.querySelectorAll("input, select, textarea")].some(differs);

    for (const form of forms) {
      form.closest("form").addEventListener("submit", (event) => {
        if (!event.defaultPrevented) sending = event.target;
      });
    }
    // Shown again from the browser's memory, it guards as before.
    window.addEventListener("pageshow", () => { sending = null; });
    window.addEventListener("beforeunload", (event) => {
      // What is typed in another form of the page is not sent with it.
      if (forms.some((form) => form.closest("form") !== sending && unsaved(form))) event.preventDefault();
    });
  }

  function unfoldWhatIsPointedTo() {
    const unfold = () => {
      // Ids are plain letters: an address that somebody wrote by hand need not even be one that can be decoded.
      const target = document.getElementById(location.hash.slice(1));
      if (target instanceof HTMLDetailsElement) target.open = true;
    };
    window.addEventListener("hashchange", unfold);
    // The same link once more: the address does not change.
    document.addEventListener("click", (event) => {
      if (event.target.closest?.('a[href*="#"]')) setTimeout(unfold);
    });
    unfold();
  }

  focusWhereReadingGoesOn();
  unfoldWhatIsPointedTo();
  watchSession();
  offerPrint();
  offerCopies();
  showPasswords();
  guardUnsaved();
})();

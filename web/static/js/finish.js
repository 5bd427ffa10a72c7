// The page that finishes a review: digits choose the judgement, the reason for acting now stands folded, and
// nothing is finished while one of its answers lies on the computer.
"use strict";

(() => {
  const form = document.getElementById("finish-form");
  if (!form) return;
  const answers = window.lirkAnswers;
  const judgements = [...form.querySelectorAll("input[name=judgement]")];

  function fold() {
    const tick = document.getElementById("urgent");
    if (!tick) return;
    const why = document.getElementById("urgent-why");
    const reason = document.getElementById("urgent_reason");
    const show = () => {
      why.hidden = !tick.checked;
      // What is not shown is not sent: a reason alone would count as a tick.
      reason.disabled = !tick.checked;
    };
    tick.addEventListener("change", () => {
      show();
      if (tick.checked) reason.focus();
    });
    // A browser may tick the box again when one goes back.
    addEventListener("pageshow", show);
    show();
  }

  function watchKeys() {
    if (form.dataset.shortcuts !== "yes") return;
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("textarea, select, dialog, [contenteditable], input:not([type=radio], [type=checkbox])");
      if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const chosen = /^[1-9]$/.test(event.key) && judgements[event.key - 1];
      if (!chosen) return;
      event.preventDefault();
      chosen.checked = true;
      chosen.focus();
    });
  }

  // What can be sent is sent first; the server then sees that the answers are not those that the page shows.
  function watchUnsent() {
    const told = document.getElementById("unsent-here");
    let checked = false;
    const link = (entry) => {
      const row = document.createElement("li");
      const one = document.createElement("a");
      one.href = answers.pathOf(entry);
      one.textContent = entry.about;
      row.append(one);
      return row;
    };
    // Before those who take a submit for leaving the page.
    form.addEventListener("submit", async (event) => {
      if (checked || !answers.ofReview(form.dataset.review).length) return;
      event.preventDefault();
      await answers.sendAll();
      const left = answers.ofReview(form.dataset.review);
      document.getElementById("unsent-here-list").replaceChildren(...left.map(link));
      told.hidden = !left.length;
      if (left.length) return;
      checked = true;
      form.requestSubmit(event.submitter ?? undefined);
    }, { capture: true });
    addEventListener("pageshow", () => { checked = false; });
  }

  fold();
  watchUnsent();
  watchKeys();
})();

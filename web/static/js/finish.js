// The page that finishes a review: digits choose the judgement, and the reason for acting now stands folded.
"use strict";

(() => {
  const form = document.getElementById("finish-form");
  if (!form) return;
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

  fold();
  watchKeys();
})();

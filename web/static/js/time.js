// How long a review is in use, told to the server in small steps. Pauses are left out: a minute without a key, a
// pointer, a scroll or the focus stops the clock, and so does a hidden tab. Nothing is shown of it here.
"use strict";

(() => {
  const PAUSE = 60000;
  const EVERY = 30000;
  const ACTS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "scroll", "focus"];

  const path = /^\/reviews\/\d+(?=\/)/.exec(location.pathname)?.[0];
  if (!path) return;

  let used = 0; // milliseconds that are not told yet
  let from = null; // since when the clock runs, on the clock of this page; null while it stands
  let last = 0; // when something was last done
  let stopped = false; // nobody is signed in, as far as is known
  let busy = false;

  function count() {
    if (from === null) return;
    const now = performance.now();
    const until = Math.min(now, last + PAUSE);
    used += Math.max(0, until - from);
    from = now < last + PAUSE ? now : null;
  }

  function act() {
    if (document.hidden) return;
    count();
    last = performance.now();
    from ??= last;
  }

  function pause() {
    count();
    from = null;
  }

  async function tell() {
    count();
    const seconds = Math.round(used / 1000);
    if (seconds < 1 || stopped || busy || !navigator.onLine) return;
    const told = used;
    used = 0;
    busy = true;
    try {
      const headers = {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRF-Token": document.querySelector('meta[name="csrf-token"]')?.content ?? "",
      };
      const body = JSON.stringify({ seconds });
      const answer = await fetch(`${path}/time`, { method: "PUT", headers, body, keepalive: true });
      // Signing in again makes an answer save, which is told; what was refused otherwise is no time of ours.
      if (answer.status === 401 || answer.status === 403) {
        stopped = true;
        used += told;
      }
    } catch {
      used += told;
    }
    busy = false;
  }

  for (const kind of ACTS) addEventListener(kind, act, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return act();
    pause();
    tell();
  });
  addEventListener("pagehide", () => {
    pause();
    tell();
  });
  addEventListener("pageshow", act);
  document.addEventListener("lirk:alive", () => { stopped = false; });
  setInterval(tell, EVERY);
  act();
})();

// The review page: saves while you work, keys, focus. Without it the form does the same in full.
// Nothing is stored on the computer: what cannot be sent stays in the fields until it can.
"use strict";

(() => {
  const TYPING_PAUSE = 600;
  const RETRY_FIRST = 1000;
  const RETRY_LONGEST = 60000;
  const LEFT_BEFORE_TOLD = 200;

  const byId = (id) => document.getElementById(id);
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

  function put(path, value) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token() };
    return fetch(path, { method: "PUT", headers, body: JSON.stringify(value) });
  }

  function prefer(chosen) {
    // A choice that is not remembered can be made again.
    put("/reviews/preferences", chosen).catch(() => {});
  }

  // --- copying the case number ---------------------------------------------------------------------------------

  function offerCopies() {
    for (const control of document.querySelectorAll("[data-copies]")) {
      if (!navigator.clipboard) continue;
      control.hidden = false;
      control.addEventListener("click", async () => {
        await navigator.clipboard.writeText(byId(control.dataset.copies).textContent.trim());
        const before = control.innerHTML;
        control.textContent = control.dataset.done;
        setTimeout(() => { control.innerHTML = before; }, 2000);
      });
    }
  }

  // --- saving --------------------------------------------------------------------------------------------------

  class Autosave {
    constructor(form, status) {
      this.form = form;
      this.status = status;
      this.sent = this.content();
      this.waiting = null; // what was sent and not acknowledged; sent again as it was, so that it is kept once
      this.busy = false;
      this.stopped = false;
      this.wait = RETRY_FIRST;
      this.timer = 0;
    }

    content() {
      const { value, note, journal_reference: reference, in_doubt: doubt } = this.form.elements;
      return { value: value.value, note: note.value, journal_reference: reference.value, in_doubt: doubt.checked };
    }

    get changed() {
      return JSON.stringify(this.content()) !== JSON.stringify(this.sent);
    }

    get unsaved() {
      return this.waiting !== null || this.changed;
    }

    soon(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    // Resolves to whether everything that was typed is stored.
    async save() {
      clearTimeout(this.timer);
      if (this.busy) {
        await this.busy;
        return this.save();
      }
      if (this.stopped || !this.unsaved) return !this.unsaved;
      this.waiting ??= { ...this.content(), key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` };
      this.busy = this.send();
      const done = await this.busy;
      this.busy = false;
      return done && this.changed ? this.save() : done;
    }

    async send() {
      this.tell("saving", this.status.dataset.saving);
      const { key, ...content } = this.waiting;
      const version = Number(this.form.elements.version.value);
      let answer;
      let told;
      try {
        answer = await put(this.form.getAttribute("action"), { ...content, key, version });
        told = await answer.json();
      } catch {
        return this.later("offline", this.status.dataset.offline);
      }
      if (answer.ok) return this.stored(content, told);
      if (answer.status === 401) return this.signedOut();
      if (answer.status === 403 && await this.renewed()) return this.send();
      if (answer.status === 409 && told.error === "answer-changed-elsewhere") return this.conflict();
      if (answer.status >= 500) return this.later("offline", this.status.dataset.offline);
      return this.refused(content, told);
    }

    stored(content, told) {
      this.waiting = null;
      this.sent = content;
      this.wait = RETRY_FIRST;
      this.form.elements.version.value = told.version;
      forgetErrors();
      this.tell("saved", told.saved);
      if (told.expires_at) document.dispatchEvent(new CustomEvent("lirk:alive", { detail: told.expires_at }));
      showProgress(told);
      return true;
    }

    later(state, text) {
      this.tell(state, text);
      this.soon(this.wait);
      this.wait = Math.min(this.wait * 2, RETRY_LONGEST);
      return false;
    }

    // Who has signed in again has another token than the page was made with.
    async renewed() {
      const answer = await fetch(this.form.getAttribute("action")).catch(() => null);
      if (!answer?.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector('meta[name="csrf-token"]')?.content;
      if (!fresh || fresh === this.renewedWith) return false;
      this.renewedWith = fresh;
      document.querySelector('meta[name="csrf-token"]').content = fresh;
      for (const field of document.querySelectorAll("input[name=csrf]")) field.value = fresh;
      return true;
    }

    signedOut() {
      this.later("signed-out", this.status.dataset.signedOut);
      const link = document.createElement("a");
      link.href = "/sign-in";
      link.target = "_blank";
      link.textContent = this.status.dataset.signIn;
      this.status.append(" ", link);
      return false;
    }

    conflict() {
      this.stopped = true;
      this.tell("conflict", this.status.dataset.conflict);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-secondary";
      button.textContent = this.status.dataset.compare;
      // Sent as it stands, so that the server shows both answers.
      button.addEventListener("click", () => this.form.submit());
      this.status.append(" ", button);
      return false;
    }

    refused(content, told) {
      this.waiting = null;
      this.sent = content;
      this.unkept = true;
      const reasons = told.problems?.map((problem) => problem.text) ?? [told.sentence ?? ""];
      this.tell("refused", [this.status.dataset.refused, ...reasons].join(" "));
      for (const problem of told.problems ?? []) markError(problem);
      return false;
    }

    tell(state, text) {
      if (state !== "refused") this.unkept = false;
      this.status.dataset.state = state;
      if (this.status.textContent !== text) this.status.textContent = text;
    }
  }

  function markError({ field, text }) {
    const input = byId(field);
    if (!input) return;
    input.setAttribute("aria-invalid", "true");
    input.closest(".form-group")?.classList.add("form-error");
    let message = byId(`${field}-error`);
    if (!message) {
      message = document.createElement("span");
      message.id = `${field}-error`;
      message.className = "form-error-message";
      const described = input.getAttribute("aria-describedby") ?? "";
      input.setAttribute("aria-describedby", `${described} ${message.id}`.trim());
      input.before(message);
    }
    message.textContent = text;
  }

  function forgetErrors() {
    for (const input of document.querySelectorAll("#answer-form [aria-invalid]")) input.removeAttribute("aria-invalid");
    for (const group of document.querySelectorAll("#answer-form .form-error")) group.classList.remove("form-error");
    for (const message of document.querySelectorAll("#answer-form .form-error-message")) message.textContent = "";
  }

  function showProgress(told) {
    const steps = byId("steps");
    const open = steps.querySelector("details")?.open;
    const focused = steps.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    steps.innerHTML = told.steps;
    const fold = steps.querySelector("details");
    if (fold && open) fold.open = true;
    if (focused) steps.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    byId("position").textContent = told.position;
    const before = byId("before");
    before.hidden = !told.before;
    if (told.before) before.href = told.before;
    byId("after").href = told.after;
    const lacking = byId("lacking");
    lacking.textContent = told.lacking.join(" ");
    lacking.hidden = !told.lacking.length;
    const notices = byId("notices");
    notices.textContent = told.notices.join(" ");
    notices.hidden = !told.notices.length;
  }

  // --- the form ------------------------------------------------------------------------------------------------

  function showNeeds(form) {
    const chosen = form.elements.value.value;
    const needs = (codes) => Boolean(chosen) && codes.split(" ").includes(chosen);
    byId("note-needed").hidden = !needs(form.dataset.noteAt);
    byId("reference-needed").hidden = !needs(form.dataset.referenceAt);
  }

  function countDown(field) {
    const limit = Number(field.dataset.limit);
    const line = byId(`${field.id}-limit`);
    if (!limit || !line) return;
    const show = () => {
      const left = limit - field.value.length;
      line.textContent = left < LEFT_BEFORE_TOLD ? `${field.value.length} / ${limit}` : line.dataset.before;
    };
    line.dataset.before = line.textContent;
    field.addEventListener("input", show);
    show();
  }

  function needsNoMore(form) {
    return byId("note-needed").hidden && byId("reference-needed").hidden && form.elements.value.value !== "";
  }

  function watchForm(form, saver) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("textarea, input[type=text]")) return;
      showNeeds(form);
      saver.soon(0);
    });
    form.addEventListener("input", (event) => {
      if (event.target.matches("textarea, input[type=text]")) saver.soon(TYPING_PAUSE);
    });
    let leaving = false;
    form.addEventListener("submit", async (event) => {
      // What is refused or in conflict is sent all the same: the page that comes back says why.
      leaving ||= saver.stopped || (!saver.unsaved && !saver.busy);
      if (leaving) return;
      event.preventDefault();
      const { submitter } = event;
      const done = await saver.save();
      if (!done && !saver.unkept && !saver.stopped) return;
      leaving = true;
      form.requestSubmit(submitter ?? undefined);
    });
    addEventListener("online", () => saver.soon(0));
    addEventListener("focus", () => { if (saver.waiting) saver.soon(0); });
    addEventListener("pageshow", () => { leaving = false; });
    addEventListener("beforeunload", (event) => {
      if (!leaving && (saver.unsaved || saver.unkept)) event.preventDefault();
    });
    for (const link of document.querySelectorAll("#before, #after, #steps")) {
      link.addEventListener("click", (event) => followWhenSaved(event, saver));
    }
  }

  // A link to another question waits for what is being saved; with a modifier it opens elsewhere and need not.
  async function followWhenSaved(event, saver) {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !saver.unsaved) return;
    event.preventDefault();
    if (await saver.save()) location.assign(link.href);
  }

  // --- keys ----------------------------------------------------------------------------------------------------

  function watchKeys(form, saver) {
    let on = form.dataset.shortcuts === "yes";
    const list = byId("keys");
    const answers = [...form.querySelectorAll("input[name=value]")];
    list.hidden = false;
    byId("shortcuts").addEventListener("change", (event) => {
      on = event.target.checked;
      form.querySelector(".answer-rows").classList.toggle("without-keys", !on);
      prefer({ shortcuts: on });
    });

    async function choose(input) {
      input.focus();
      if (!input.checked) {
        input.checked = true;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      if (form.dataset.goOn === "yes" && needsNoMore(form) && await saver.save()) byId("after").click();
    }

    const acts = {
      n: () => byId("note").focus(),
      h: () => byId("journal_reference").focus(),
      j: () => byId("after").click(),
      k: () => { if (!byId("before").hidden) byId("before").click(); },
      "?": () => { list.open = true; list.querySelector("summary").focus(); },
    };
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("textarea, select, dialog, [contenteditable], input:not([type=radio], [type=checkbox])");
      if (!on || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const key = event.key.toLowerCase();
      const act = /^[1-9]$/.test(key) && answers[key - 1] ? () => choose(answers[key - 1]) : acts[key];
      if (!act) return;
      event.preventDefault();
      act();
    });
  }

  // --- reading -------------------------------------------------------------------------------------------------

  function readNewQuestion() {
    const from = document.referrer && new URL(document.referrer);
    const asked = from && from.origin === location.origin && from.pathname.startsWith("/reviews/");
    if (asked && !location.hash && !byId("error-summary")) byId("page-title")?.focus({ preventScroll: true });
  }

  function rememberGuidance() {
    const guidance = byId("guidance");
    // Beside the question it always stands open, and says nothing of what the reader wants.
    if (matchMedia("(min-width: 1200px)").matches) return;
    guidance.querySelector("summary").addEventListener("click", () => prefer({ guidance_open: !guidance.open }));
  }

  offerCopies();
  readNewQuestion();
  const form = byId("answer-form");
  if (!form) return;
  const saver = new Autosave(form, byId("autosave"));
  countDown(byId("note"));
  showNeeds(form);
  rememberGuidance();
  watchForm(form, saver);
  watchKeys(form, saver);
})();

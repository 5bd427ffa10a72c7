// The review page: saves while you work, keys, focus. Without it the form does the same in full.
// What is not sent yet lies on the computer meanwhile: queue.js.
"use strict";

(() => {
  const TYPING_PAUSE = 600;
  const RETRY_FIRST = 1000;
  const RETRY_LONGEST = 60000;
  const LEFT_BEFORE_TOLD = 200;

  const answers = window.lirkAnswers;
  const byId = (id) => document.getElementById(id);

  function prefer(chosen) {
    // A choice that is not remembered can be made again; an answer that is not read stays open.
    answers.put("/reviews/preferences", chosen).then((answer) => answer.text()).catch(() => {});
  }

  // --- saving --------------------------------------------------------------------------------------------------

  // Saves one answer. What is not acknowledged is an entry: it lies on the computer too, unless that is turned
  // off or the computer refuses, and it has a new key whenever its content changes.
  class Autosave {
    constructor(form, status) {
      this.form = form;
      this.status = status;
      this.name = answers.nameOf(form.dataset.review, form.dataset.item);
      this.sign = answers.newSign();
      this.count = 0;
      this.builtOn = {};
      this.sent = this.content();
      this.entry = null;
      this.held = false;
      this.busy = false;
      this.stopped = false;
      this.asked = false;
      // On the way to another page: a key may be meant for the question that comes.
      this.going = false;
      this.wait = RETRY_FIRST;
      this.timer = 0;
    }

    content() {
      const { value, note, journal_reference: reference, in_doubt: doubt } = this.form.elements;
      return { value: value.value, note: note.value, journal_reference: reference.value, in_doubt: doubt.checked };
    }

    // Whether something waits for being sent; what was refused waits for being changed.
    get unsaved() {
      return this.entry !== null && !this.entry.state;
    }

    get refusedAsItIs() {
      return Boolean(this.entry?.state);
    }

    holds() {
      return this.entry !== null;
    }

    // Keeps what was typed before anything is sent.
    hold() {
      const content = this.content();
      if (same(content, this.entry ?? this.sent)) return;
      this.count += 1;
      const { version } = this.form.elements;
      const { review, item, about } = this.form.dataset;
      const label = this.form.querySelector("input[name=value]:checked")?.labels[0]?.textContent ?? "";
      this.entry = {
        ...content, label, review, item, about, path: this.form.getAttribute("action"), version: Number(version.value), key: `${this.sign}.${this.count}`,
        builtOn: this.builtOn, at: Date.now(),
      };
      this.keep();
    }

    keep() {
      // What another window holds of this answer, and this one was not filled with, is not written over.
      const other = answers.read(this.name);
      const foreign = other && answers.signOf(other.key) !== this.sign && !answers.buildsOn(this.entry, other.key);
      this.held = !foreign && answers.keep(this.name, this.entry);
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
      if (this.stopped || !this.unsaved) return this.entry === null;
      this.busy = this.send();
      let done;
      try {
        done = await this.busy;
      } finally {
        this.busy = false;
      }
      this.follow();
      return done && this.entry ? this.save() : done;
    }

    async send() {
      this.tell("saving", this.status.dataset.saving);
      const entry = this.entry;
      const result = await answers.alone(this.name, () => answers.send(entry, byId("steps").dataset.mark));
      switch (result.kind) {
        case "saved": return this.stored(entry, result.told);
        case "conflict": return this.conflict(entry, result);
        case "refused":
        case "closed": return this.refused(entry, result);
        default: return this.later(result.kind);
      }
    }

    stored(entry, told) {
      const { value, note, journal_reference, in_doubt } = entry;
      this.sent = { value, note, journal_reference, in_doubt };
      this.wait = RETRY_FIRST;
      this.asked = false;
      this.form.elements.version.value = told.version;
      answers.forget(this.name, entry.key);
      if (this.entry === entry) {
        this.entry = null;
        this.held = false;
      } else {
        this.entry.version = told.version;
        this.keep();
      }
      forgetErrors();
      this.tell("saved", told.saved);
      answers.alive(told);
      forgetRefusal(told);
      showProgress(told);
      showNeeds(this.form);
      return true;
    }

    later(kind) {
      const { dataset } = this.status;
      const kept = this.held || !answers.on;
      this.tell(kept ? kind : "full", kept ? dataset[kind] : dataset.full);
      if (kind !== "offline") this.status.append(" ", this.signInLink());
      else if (this.asked) this.status.append(" ", this.status.dataset.stays);
      this.soon(this.wait);
      this.wait = Math.min(this.wait * 2, RETRY_LONGEST);
      return false;
    }

    // Goes elsewhere once everything is stored, or says why not.
    async leave(go) {
      this.going = true;
      this.asked = true;
      if (await this.save()) return go();
      this.going = false;
    }

    signInLink() {
      const link = document.createElement("a");
      link.textContent = this.status.dataset.signIn;
      link.href = "/sign-in";
      if (this.held) link.href += `?next=${encodeURIComponent(location.pathname)}`;
      else link.target = "_blank";
      return link;
    }

    conflict(entry, result) {
      this.stopped = true;
      entry.state = "conflict";
      answers.stand(this.name, entry.key, result);
      this.tellConflict();
      return false;
    }

    tellConflict() {
      this.tell("conflict", this.status.dataset.conflict);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-secondary";
      button.textContent = this.status.dataset.compare;
      // Sent as it stands, so that the server shows both answers.
      button.addEventListener("click", () => {
        document.dispatchEvent(new Event("lirk:leaving"));
        this.form.submit();
      });
      this.status.append(" ", button);
    }

    refused(entry, result) {
      answers.stand(this.name, entry.key, result);
      entry.state = result.kind;
      entry.reasons = result.reasons;
      entry.problems = result.told.problems;
      if (this.entry === entry) this.tellRefused();
      else this.soon(0);
      return false;
    }

    tellRefused() {
      const { state, reasons, problems } = this.entry;
      this.tell("refused", [this.status.dataset.refused, ...(reasons ?? [])].join(" "));
      for (const problem of problems ?? []) markError(problem);
      if (state !== "closed" || !navigator.clipboard) return;
      // No correction makes the server take it: its words can go elsewhere.
      this.status.append(" ", answers.copyButton(answers.textOf(this.entry), "button button-secondary"));
    }

    // Fills in what lies on the computer from before: a closed window, a lost connection, an ended session.
    restore() {
      const kept = answers.read(this.name);
      if (!kept) return;
      const typed = this.form.dataset.typed === "yes";
      if (same(kept, this.sent) && !typed) return answers.forget(this.name, kept.key);
      if (!same(kept, this.sent) && typed) return;
      this.takeOver(kept);
      this.entry = kept;
      this.held = true;
      if (kept.state === "refused") return this.tellRefused();
      if (kept.state === "conflict") {
        this.stopped = true;
        return this.tellConflict();
      }
      // The page opens again, so that what closed it may be over.
      delete kept.state;
      this.tell("waiting", this.status.dataset.waiting);
      this.soon(0);
    }

    takeOver(kept) {
      for (const radio of this.form.querySelectorAll("input[name=value]")) radio.checked = radio.value === kept.value;
      const { note, journal_reference: reference, in_doubt: doubt, version } = this.form.elements;
      note.value = kept.note;
      reference.value = kept.journal_reference;
      doubt.checked = kept.in_doubt;
      version.value = Math.min(kept.version, Number(version.value));
      this.builtOn = { ...this.builtOn, ...kept.builtOn, [answers.signOf(kept.key)]: answers.countOf(kept.key) };
      showNeeds(this.form);
    }

    // Another window has typed: follow it, unless something else was typed here.
    follow() {
      const kept = answers.read(this.name);
      if (!kept || answers.signOf(kept.key) === this.sign) return;
      const own = this.entry;
      const over = own && kept.builtOn?.[this.sign] >= this.count;
      if ((own && !over) || this.busy || this.stopped) return;
      this.entry = null;
      this.held = false;
      this.takeOver(kept);
      this.sent = this.content();
      this.tell("elsewhere", this.status.dataset.elsewhere);
    }

    tell(state, text) {
      this.status.dataset.state = state;
      if (this.status.textContent !== text) this.status.textContent = text;
    }
  }

  const same = (one, other) =>
    ["value", "note", "journal_reference", "in_doubt"].every((field) => one[field] === other[field]);

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

  // A page that came back with errors tells of them until they are mended.
  function forgetRefusal(told) {
    const summary = byId("error-summary");
    const lines = [...(summary?.querySelectorAll("li") ?? [])];
    if (told.lacking.length && lines.every((line) => told.lacking.includes(line.textContent.trim()))) return;
    summary?.remove();
    byId("kept")?.remove();
    const at = document.title.indexOf(byId("position").textContent);
    if (at > 0) document.title = document.title.slice(at);
  }

  // The way to the talk about an item; who is in doubt anew begins with a word of it.
  function showTalk(inDoubt) {
    const talk = byId("talk");
    if (!talk || talk.hidden === !inDoubt) return;
    talk.hidden = !inDoubt;
    const link = byId("talk-link");
    // There is no talk to lead to before there is a doubt.
    if (link.dataset.href) link.href = link.dataset.href;
    if (inDoubt) byId("talk-state").textContent = talk.dataset.first;
  }

  function showProgress(told) {
    const steps = byId("steps");
    const open = steps.querySelector("details")?.open;
    const focused = steps.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    if (told.steps) {
      steps.innerHTML = told.steps;
      const fold = steps.querySelector("details");
      if (fold && open) fold.open = true;
    }
    const changed = document.createElement("div");
    changed.innerHTML = told.changed_steps;
    const shown = steps.querySelector("ol").children;
    for (const step of changed.children) shown[step.dataset.place]?.replaceChildren(...step.childNodes);
    steps.dataset.mark = told.steps_mark;
    if (focused && !steps.contains(document.activeElement)) steps.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    document.title = document.title.replace(byId("position").textContent, () => told.position);
    byId("position").textContent = told.position;
    showTalk(told.in_doubt);
    const before = byId("before");
    before.hidden = !told.before;
    if (told.before) before.href = told.before;
    byId("after").href = told.after;
    const notices = byId("notices");
    notices.textContent = told.notices.join(" ");
    notices.hidden = !told.notices.length;
  }

  // --- the form ------------------------------------------------------------------------------------------------

  function needs(form, codes) {
    const chosen = form.elements.value.value;
    return Boolean(chosen) && codes.split(" ").includes(chosen);
  }

  // At each field by itself, and not beside an error that says the same.
  function showNeeds(form) {
    const { note, journal_reference: reference } = form.elements;
    const lacks = (field, codes) => needs(form, codes) && !field.value.trim() && !field.hasAttribute("aria-invalid");
    byId("lacking").hidden = true;
    byId("note-needed").hidden = !lacks(note, form.dataset.noteAt);
    byId("reference-needed").hidden = !lacks(reference, form.dataset.referenceAt);
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

  function takesNoMore(form) {
    return form.elements.value.value !== "" && !needs(form, form.dataset.noteAt) && !needs(form, form.dataset.referenceAt);
  }

  function watchForm(form, saver) {
    form.addEventListener("change", (event) => {
      saver.hold();
      if (event.target.matches("textarea, input[type=text]")) return;
      showNeeds(form);
      saver.soon(0);
    });
    form.addEventListener("input", (event) => {
      if (!event.target.matches("textarea, input[type=text]")) return;
      saver.hold();
      showNeeds(form);
      saver.soon(TYPING_PAUSE);
    });
    let leaving = false;
    document.addEventListener("lirk:leaving", () => { leaving = true; });
    form.addEventListener("submit", async (event) => {
      // What is refused or in conflict is sent all the same: the page that comes back says why.
      leaving ||= saver.stopped || (!saver.unsaved && !saver.busy);
      saver.going = true;
      if (leaving) return;
      event.preventDefault();
      const { submitter } = event;
      const done = await saver.save();
      saver.going = done || saver.refusedAsItIs;
      if (!saver.going) return;
      leaving = true;
      form.requestSubmit(submitter ?? undefined);
    });
    addEventListener("online", () => saver.soon(0));
    addEventListener("focus", () => { if (saver.unsaved) saver.soon(0); });
    addEventListener("storage", (event) => { if (event.key === saver.name) saver.follow(); });
    addEventListener("pageshow", () => { leaving = saver.going = false; });
    addEventListener("beforeunload", (event) => {
      if (!leaving && saver.holds() && !saver.held) event.preventDefault();
    });
    for (const link of document.querySelectorAll("#before, #after, #steps")) {
      link.addEventListener("click", (event) => followWhenSaved(event, saver));
    }
  }

  // A link to another question waits for what is being saved; with a modifier it opens elsewhere and need not.
  async function followWhenSaved(event, saver) {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    saver.going = true;
    if (!saver.unsaved) return;
    event.preventDefault();
    await saver.leave(() => location.assign(link.href));
  }

  // --- keys ----------------------------------------------------------------------------------------------------

  function watchKeys(form, saver) {
    let on = form.dataset.shortcuts === "yes";
    const list = byId("keys");
    const choices = [...form.querySelectorAll("input[name=value]")];
    list.hidden = false;
    byId("shortcuts").addEventListener("change", (event) => {
      on = event.target.checked;
      form.querySelector(".answer-rows").classList.toggle("without-keys", !on);
      prefer({ shortcuts: on });
    });
    byId("go_on").addEventListener("change", (event) => {
      form.dataset.goOn = event.target.checked ? "yes" : "no";
      prefer({ go_on: event.target.checked });
    });

    function choose(input) {
      input.focus();
      if (!input.checked) {
        input.checked = true;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      if (form.dataset.goOn === "yes" && takesNoMore(form)) saver.leave(() => byId("after").click());
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
      if (saver.going) {
        // Whoever stops the way to the next page is here again.
        if (event.key === "Escape") saver.going = false;
        else if (event.key !== "Tab") event.preventDefault();
        return;
      }
      const key = event.key.toLowerCase();
      const act = /^[1-9]$/.test(key) && choices[key - 1] ? () => choose(choices[key - 1]) : acts[key];
      if (!act) return;
      event.preventDefault();
      act();
    });
  }

  // --- reading -------------------------------------------------------------------------------------------------

  function readNewQuestion() {
    const from = document.referrer && new URL(document.referrer);
    const asked = from && from.origin === location.origin && /^\/(reviews|places)\//.test(from.pathname);
    if (asked && !location.hash && !byId("error-summary")) byId("page-title")?.focus({ preventScroll: true });
  }

  function rememberGuidance() {
    const guidance = byId("guidance");
    // Beside the question it always stands open, and says nothing of what the reader wants.
    if (matchMedia("(min-width: 1200px)").matches) return;
    guidance.querySelector("summary").addEventListener("click", () => prefer({ guidance_open: !guidance.open }));
  }

  readNewQuestion();
  const form = byId("answer-form");
  if (!form) return;
  const saver = new Autosave(form, byId("autosave"));
  saver.restore();
  answers.own(saver);
  countDown(byId("note"));
  showNeeds(form);
  rememberGuidance();
  watchForm(form, saver);
  watchKeys(form, saver);
})();

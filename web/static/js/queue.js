// Answers that the server has not acknowledged, kept on this computer and sent again until it has them.
// Only for the person who is signed in: what another one left waits, unseen, until they are back.
"use strict";

window.lirkAnswers = (() => {
  const PREFIX = "lirk-answer";
  const KEPT_FOR = 7 * 24 * 60 * 60 * 1000;
  const RETRY_FIRST = 1000;
  const RETRY_LONGEST = 60000;
  const SIGN_OUT_WAITS = 4000;
  //: What sending leads to where asking again later may help, and where it does not.
  const LATER = ["offline", "signedOut", "another"];
  const STANDING = ["conflict", "refused", "closed"];

  const { person, localAnswers } = document.body.dataset;
  const on = localAnswers === "yes";
  const byId = (id) => document.getElementById(id);

  // --- what is kept --------------------------------------------------------------------------------------------

  //: Where an answer is sent and its page is: the address of the form that it was typed in.
  const pathOf = ({ path, review, item }) => path ?? `/reviews/${review}/items/${encodeURIComponent(item)}`;

  const nameOf = (review, item) => `${PREFIX}:${person}:${review}:${item}`;

  function read(name) {
    try {
      const entry = JSON.parse(localStorage.getItem(name));
      return entry?.user === person && entry.key ? entry : null;
    } catch {
      return null;
    }
  }

  // Resolves to whether it is kept. Where the setting is off, nothing new is; what lies there is not left behind.
  function keep(name, entry) {
    try {
      if (!on && localStorage.getItem(name) === null) return false;
      localStorage.setItem(name, JSON.stringify({ ...entry, user: person }));
      return true;
    } catch {
      return false;
    }
  }

  function forget(name, key) {
    if (key !== undefined && read(name)?.key !== key) return;
    try {
      localStorage.removeItem(name);
    } catch {
      // What cannot be read cannot be sent either.
    }
  }

  function names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}:`));
    } catch {
      return [];
    }
  }

  function mine() {
    const found = names().map((name) => ({ name, ...read(name) })).filter((entry) => entry.key);
    return found.sort((one, other) => one.at - other.at);
  }

  function dropOld() {
    for (const name of names()) {
      let at = 0;
      try {
        at = JSON.parse(localStorage.getItem(name)).at;
      } catch {
        // What is no entry is dropped with the old ones.
      }
      if (!(Date.now() - at < KEPT_FOR)) forget(name);
    }
  }

  // A key is the page's own sign and a count: "4c1….7". What a page was filled with it builds upon.
  const signOf = (key) => key.slice(0, key.lastIndexOf("."));
  const countOf = (key) => Number(key.slice(key.lastIndexOf(".") + 1));
  const newSign = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.floor(Math.random() * 1e9)}`;

  // Whether what the server has under this key is an earlier state of the entry, and not another's.
  function buildsOn(entry, key) {
    if (!key?.includes(".")) return false;
    const known = { ...entry.builtOn, [signOf(entry.key)]: countOf(entry.key) };
    return known[signOf(key)] >= countOf(key);
  }

  // --- sending -------------------------------------------------------------------------------------------------

  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

  function put(path, value) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token() };
    return fetch(path, { method: "PUT", headers, body: JSON.stringify(value) });
  }

  // Two windows never send at the same time what they both know of.
  const alone = (name, act) => (navigator.locks ? navigator.locks.request(name, act) : act());

  // Who has signed in again has another token than the page was made with; who is another gets none.
  async function renewed() {
    const answer = await fetch("/me").catch(() => null);
    if (!answer?.ok) return "offline";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector('meta[name="csrf-token"]')?.content;
    if (!fresh) return "signedOut";
    if (page.body.dataset.person !== person) return "another";
    document.querySelector('meta[name="csrf-token"]').content = fresh;
    for (const field of document.querySelectorAll("input[name=csrf]")) field.value = fresh;
    return "renewed";
  }

  // Sends one entry; returns what came of it: saved, one of LATER, or one of STANDING with the reasons.
  async function send(entry, steps = "", again = false) {
    const { value, note, journal_reference, in_doubt, version, key } = entry;
    const path = pathOf(entry);
    let answer;
    let told;
    try {
      answer = await put(path, { value, note, journal_reference, in_doubt, version, key, steps });
      told = await answer.json();
    } catch {
      return { kind: "offline" };
    }
    const { status } = answer;
    if (answer.ok) return { kind: "saved", told };
    if (status === 401) return { kind: "signedOut" };
    if (status === 403 && !again) {
      const kind = await renewed();
      return kind === "renewed" ? send(entry, steps, true) : { kind };
    }
    if (status >= 500 || status === 408 || status === 429) return { kind: "offline" };
    if (told.error === "answer-changed-elsewhere") {
      // The acknowledgement was lost, not the answer: this one is the next version of it.
      const own = told.version > version && buildsOn(entry, told.key);
      return own ? send({ ...entry, version: told.version }, steps, again) : { kind: "conflict" };
    }
    // Who typed an answer had the case: what is not found now was handed over, or taken back.
    const gone = told.error === "not-found" && path.startsWith("/reviews/") && box?.dataset.gone;
    const reasons = told.problems?.map((problem) => problem.text) ?? [gone || (told.sentence ?? "")];
    const closed = [403, 404, 409].includes(status);
    return { kind: closed ? "closed" : "refused", told, reasons };
  }

  // Remembers why an entry stands, so that it is shown and not sent again as it is.
  function stand(name, key, { kind, told, reasons }) {
    const entry = read(name);
    if (entry?.key === key) keep(name, { ...entry, state: kind, reasons, problems: told?.problems });
  }

  async function deliver(name, { again }) {
    return alone(name, async () => {
      const entry = read(name);
      if (!entry || (entry.state && !(again && entry.state === "closed"))) return null;
      const result = await send(entry);
      if (result.kind === "saved") {
        forget(name, entry.key);
        alive(result.told);
      }
      if (STANDING.includes(result.kind)) stand(name, entry.key, result);
      return result.kind;
    });
  }

  function alive(told) {
    if (told.expires_at) document.dispatchEvent(new CustomEvent("lirk:alive", { detail: told.expires_at }));
  }

  //: The item page's own entry: its fields know more than what is kept.
  let owner = null;
  let wait = RETRY_FIRST;
  let timer = 0;
  let sent = 0;

  async function sendAll({ again = false } = {}) {
    clearTimeout(timer);
    let kind = null;
    for (const { name } of mine()) {
      if (owner?.name === name && owner.holds()) {
        await owner.save();
        continue;
      }
      kind = await deliver(name, { again });
      if (kind === "saved") sent += 1;
      if (LATER.includes(kind)) break;
    }
    show(kind);
    if (!others().some((entry) => !entry.state)) {
      wait = RETRY_FIRST;
      return;
    }
    timer = setTimeout(sendAll, wait);
    wait = Math.min(wait * 2, RETRY_LONGEST);
  }

  // --- telling -------------------------------------------------------------------------------------------------

  const box = byId("unsent");
  const said = (text, count) => text.replace("{count}", String(count));
  const counted = (count, one, many) => (count === 1 ? one : said(many, count));

  function others() {
    return mine().filter((entry) => entry.name !== owner?.name);
  }

  function made(tag, text, className = "") {
    const one = document.createElement(tag);
    one.textContent = text;
    if (className) one.className = className;
    return one;
  }

  const textOf = ({ label, note, journal_reference }) => [label, note, journal_reference].filter(Boolean).join("\n");

  function copyButton(text, kind = "button button-tertiary") {
    const control = made("button", box.dataset.copy, kind);
    control.type = "button";
    control.addEventListener("click", async () => {
      await navigator.clipboard?.writeText(text);
      control.textContent = box.dataset.copied;
    });
    return control;
  }

  // An entry; where no sending helps: why, the text for the reader to take along, and a way to be rid of it.
  function line(entry) {
    const row = made("li", "");
    const link = made("a", entry.about);
    link.href = pathOf(entry);
    const why = { conflict: box.dataset.conflict, refused: box.dataset.refused, closed: box.dataset.closed }[entry.state];
    row.append(link, ": ", [why ?? box.dataset.waiting, ...(entry.reasons ?? [])].join(" "));
    if (!entry.state) return row;
    const text = textOf(entry);
    const drop = made("button", box.dataset.drop, "button button-tertiary");
    drop.type = "button";
    drop.addEventListener("click", () => {
      forget(entry.name, entry.key);
      show();
      byId("page-title")?.focus();
    });
    const typed = made("blockquote", text);
    row.append(typed, made("p", ""));
    if (navigator.clipboard) row.lastChild.append(copyButton(text), " ");
    row.lastChild.append(drop);
    return row;
  }

  function show(kind = null) {
    if (!box || !/^\/(reviews|places|self-assessment|me)\b/.test(location.pathname)) return;
    const entries = others();
    box.hidden = !entries.length && !sent;
    const done = sent ? counted(sent, box.dataset.sentOne, box.dataset.sentMany) : "";
    const left = entries.length ? counted(entries.length, box.dataset.one, box.dataset.many) : "";
    byId("unsent-count").textContent = [done, left, LATER.includes(kind) ? box.dataset[kind] : ""].filter(Boolean).join(" ");
    byId("unsent-list").replaceChildren(...entries.map(line));
    byId("unsent-list").hidden = !entries.length;
    byId("unsent-send").hidden = !entries.some((entry) => !entry.state || entry.state === "closed");
    // The page was made before the answers arrived.
    byId("unsent-anew").hidden = !sent;
  }

  // --- signing out ---------------------------------------------------------------------------------------------

  function watchSignOut() {
    const form = document.querySelector('form[action="/sign-out"]');
    const dialog = byId("signing-out");
    if (!form || !dialog) return;
    const text = byId("signing-out-count");
    const tell = (failed = "") => {
      const count = mine().length;
      text.textContent = [failed, counted(count, dialog.dataset.one, dialog.dataset.many)].filter(Boolean).join(" ");
    };
    const leave = () => {
      for (const { name } of mine()) forget(name);
      document.dispatchEvent(new Event("lirk:leaving"));
      form.submit();
    };
    const sendFirst = () => {
      const enough = new Promise((resolve) => { setTimeout(resolve, SIGN_OUT_WAITS); });
      return Promise.race([sendAll({ again: true }), enough]);
    };
    form.addEventListener("submit", async (event) => {
      if (!mine().length) return;
      event.preventDefault();
      await sendFirst();
      if (!mine().length) return leave();
      tell();
      dialog.showModal();
    });
    byId("signing-out-send").addEventListener("click", async () => {
      await sendFirst();
      if (!mine().length) return leave();
      tell(dialog.dataset.failed);
    });
    byId("signing-out-drop").addEventListener("click", leave);
    byId("signing-out-stay").addEventListener("click", () => dialog.close());
  }

  // --- one of two answers --------------------------------------------------------------------------------------

  function watchChoice() {
    const choice = document.querySelector("[data-chooses]");
    if (!choice) return;
    const name = nameOf(choice.dataset.review, choice.dataset.chooses);
    owner = { name, holds: () => false };
    choice.querySelector("a[href]").addEventListener("click", () => forget(name));
    choice.querySelector("form").addEventListener("submit", (event) => {
      const entry = read(name);
      // Still here if the form does not arrive, and then for the version that was looked at.
      if (entry) keep(name, { ...entry, version: Number(event.target.elements.version.value), state: undefined });
    });
  }

  // --- beginning -----------------------------------------------------------------------------------------------

  // Where a review takes no answers any more, none of its entries waits for being mended.
  function closeEnded() {
    const over = document.querySelector("[data-takes-no-answers]")?.dataset.takesNoAnswers;
    for (const { name, ...entry } of mine()) {
      if (over && entry.review === over && entry.state) keep(name, { ...entry, state: "closed", reasons: [] });
    }
  }

  function begin() {
    watchChoice();
    closeEnded();
    byId("unsent-send")?.addEventListener("click", () => sendAll({ again: true }));
    addEventListener("online", () => sendAll());
    addEventListener("storage", () => { if (box && !box.hidden) show(); });
    watchSignOut();
    dropOld();
    // After the item page has said which entry is its own.
    document.addEventListener("DOMContentLoaded", () => {
      show();
      if (others().some((entry) => !entry.state)) sendAll();
    });
  }

  if (person) begin();
  return {
    on, nameOf, read, keep, forget, stand, newSign, signOf, countOf, buildsOn, alone, send, put, alive,
    copyButton, textOf,
    ofReview: (review) => mine().filter((entry) => entry.review === review),
    pathOf, sendAll,
    own: (given) => { owner = given; show(); },
  };
})();

// The page of `exocite review`: one claim at a time; every verdict is the server's to record.
import * as drafts from "./drafts.js";
import * as keys from "./keys.js";

const POLL = 3000;
const COMPARING = 700;

const body = document.body;
const $ = (id) => document.getElementById(id);
const token = body.dataset.token;
const path = body.dataset.path;
const show = { turn: body.dataset.turn, words: body.dataset.words };
let revision = Number(body.dataset.revision);
let busy = false;
let again = 0;

document.documentElement.classList.add("js");

// ------------------------------------------------------------------ the server

async function ask(place, values = null) {
  const query = new URLSearchParams({ ...show, ...(values ?? {}) });
  const options = { headers: { "X-Exocite-Token": token } };
  let url = place;
  if (values && values.write) {
    query.delete("write");
    Object.assign(options, { method: "POST", body: query });
  } else {
    url = `${place}?${query}`;
  }
  let answer;
  try {
    answer = await fetch(url, options);
  } catch {
    return { ok: false, status: 0, message: "exocite has ended or cannot be reached; nothing was recorded" };
  }
  let told = {};
  try {
    told = await answer.json();
  } catch {
    told = { message: "the page was closed by exocite: open the address that it prints" };
  }
  return { ...told, ok: answer.ok, status: answer.status };
}

const write = (place, values) => ask(place, { ...values, write: "1" });

// ------------------------------------------------------------------ saying

function say(text) {
  // Emptied first: the same words twice are said twice.
  $("said").textContent = "";
  setTimeout(() => { $("said").textContent = text; }, 20);
}

function complain(text) {
  const place = $("card-problem");
  if (place) place.textContent = text;
  else say(text);
}

function banner(id, text) {
  $(id).textContent = text;
  $(id).hidden = !text;
}

// ------------------------------------------------------------------ the claim

const card = () => document.querySelector(".card");
const form = () => $("judge");
const chosen = () => card()?.dataset.claim ?? "";

function take(told, { focus = true } = {}) {
  // The revision is the poll's to move on: between two answers another tab may have judged.
  if (told.html) {
    $("evidence").innerHTML = told.html;
    dress();
    history.replaceState(null, "", address(told.anchor));
    mark(told.anchor);
    if (focus) {
      $("claim-title").focus({ preventScroll: true });
      const room = $("evidence");
      if (room.scrollHeight > room.clientHeight) room.scrollTop = 0;
      else room.scrollIntoView({ block: "start" });
    }
  }
  news(told);
}

function address(anchor) {
  const query = new URLSearchParams({ claim: anchor });
  for (const [name, value] of Object.entries(show)) if (value) query.set(name, value);
  return `/?${query}`;
}

function dress() {
  clearTimeout(again);
  hints();
  if (!card()) return;
  if (form()) drafts.restore(path, card(), form());
  if (card().dataset.comparing) {
    // Only the passages are awaited: what is being written stays.
    again = setTimeout(() => go(chosen(), { quiet: true }), COMPARING);
  }
}

function hints() {
  for (const hint of document.querySelectorAll("kbd[data-key]")) {
    hint.textContent = keys.areOn() ? keys.keyOf(hint.dataset.key) : "";
  }
}

let visits = 0;

async function go(anchor, { quiet = false, more = false } = {}) {
  if (!anchor) return say("there is no further claim in this direction");
  if (!quiet) visits += 1;
  const visit = visits;
  keepDraft();
  const focused = document.activeElement?.id;
  if (!quiet) $("said").textContent = "";
  const told = await ask("/claim", more ? { claim: anchor, more: "1" } : { claim: anchor });
  // Who went elsewhere meanwhile is not fetched back.
  if (visit !== visits || (quiet && chosen() !== anchor)) return;
  if (told.status === 409) return moved(told);
  if (!told.ok) return quiet ? undefined : complain(told.message);
  keepDraft();
  take(told, { focus: !quiet && !more });
  if ((quiet || more) && focused) ($(focused) ?? $("claim-title"))?.focus({ preventScroll: true });
  if (more) say("further passages are shown");
}

// Keys that come faster than the server answers are steps all the same.
let steps = 0;
let walking = false;

async function step(by) {
  steps += by;
  if (walking) return;
  walking = true;
  while (steps) {
    const way = Math.sign(steps);
    const to = way > 0 ? card()?.dataset.following : card()?.dataset.previous;
    steps = to ? steps - way : 0;
    await go(to);
  }
  walking = false;
}

function moved(told) {
  if (told.html) take(told);
  complain(told.message);
  refreshAll();
}

function keepDraft() {
  if (card() && form()) drafts.keep(path, card(), form());
}

function mark(anchor) {
  for (const old of document.querySelectorAll('[aria-current="true"]')) old.removeAttribute("aria-current");
  for (const root of ["article", "list"]) {
    const place = find(root, anchor);
    place?.setAttribute("aria-current", "true");
    const room = root === "list" ? $("list") : $("article");
    if (place && room.scrollHeight > room.clientHeight) {
      place.scrollIntoView({ block: "nearest" });
    }
  }
  if (!find("list", anchor)) queue({ claim: anchor });
}

const find = (root, anchor) => $(root).querySelector(`[data-claim="${CSS.escape(anchor)}"]`);

// ------------------------------------------------------------------ what has changed

function news(told) {
  for (const [anchor, [look, glyph, word, initials, why]] of Object.entries(told.marks ?? {})) {
    for (const root of ["article", "list"]) {
      const place = find(root, anchor);
      if (!place) continue;
      const bears = root === "article" ? place : place.querySelector(".mark");
      bears.className = `${root === "article" ? "claim" : "mark"} s-${look}`;
      place.querySelector(".glyph").textContent = glyph;
      place.querySelector(".word").textContent = word;
      if (root === "list") {
        place.querySelector(".initials").textContent = initials;
        place.querySelector(".stage").textContent = why;
      }
    }
  }
  for (const option of $("turn").options) {
    const count = told.turns?.[option.value];
    if (count !== undefined) option.textContent = `${option.dataset.words} (${count})`;
  }
  if (told.problem !== undefined) banner("problem", told.problem);
  if (told.read_only !== undefined) banner("read-only", told.read_only);
}

async function refreshAll() {
  const told = await ask("/article");
  if (told.ok) {
    $("article").innerHTML = told.html;
    news(told);
  }
  await queue(chosen() ? { claim: chosen() } : {});
}

async function queue(values) {
  const told = await ask("/queue", values);
  if (!told.ok) return "";
  $("list").innerHTML = told.html;
  const place = chosen() && find("list", chosen());
  place?.setAttribute("aria-current", "true");
  place?.scrollIntoView({ block: "nearest" });
  return told.first;
}

async function poll() {
  if (!document.hidden && !busy) {
    const told = await ask("/state", { since: revision });
    if (!told.ok) {
      banner("problem", told.message);
    } else {
      const mine = told.claims.includes(chosen());
      revision = told.revision;
      news(told);
      if (told.all) {
        say("the files were changed by somebody else; the page shows them as they are now");
        await refreshAll();
        await go(chosen(), { quiet: true });
      } else if (mine) {
        await go(chosen(), { quiet: true });
      }
    }
  }
  setTimeout(poll, POLL);
}

// ------------------------------------------------------------------ deciding

async function judge(verdict) {
  if (busy || !form()) return;
  if (form().querySelector(".decide").disabled) return complain($("read-only").textContent);
  if (!$("by").value.trim() || !body.dataset.by) {
    complain("say who reviews first: a verdict bears a name");
    $("by").focus();
    return;
  }
  busy = true;
  const draft = drafts.nameOf(path, card());
  keepDraft();
  const told = await write("/verdict", { ...Object.fromEntries(new FormData(form())), verdict });
  busy = false;
  if (told.ok) {
    drafts.drop(draft);
    if (form()) form().reset();
    take(told);
    say(`${told.message}. Claim ${told.number}`);
    if (show.turn) queue({ claim: told.anchor });
  } else if (told.status === 409) {
    moved(told);
  } else {
    complain(told.message);
    if (told.slug === "place") $("locator").focus();
    else if (/passage/.test(told.message)) form().querySelector('[name="offer"]')?.focus();
  }
}

async function takeBack(place, values) {
  if (busy) return;
  busy = true;
  keepDraft();
  const told = await write(place, values);
  busy = false;
  if (!told.ok) return told.status === 409 ? moved(told) : complain(told.message);
  take(told);
  say(`${told.message}. Claim ${told.number}`);
  if (show.turn) queue({ claim: told.anchor });
}

async function look() {
  const told = await write("/quote", { claim: chosen(), key: $("key").value, quote: $("quote").value });
  $("found").innerHTML = told.ok ? told.html : "";
  if (!told.ok) return complain(told.message);
  complain("");
  $("o-own").checked = true;
  keepDraft();
  if (told.placeless && !$("locator").value) $("locator").focus();
}

async function rest(place) {
  const told = await ask("/passage", { claim: chosen(), offer: place.dataset.offer, from: place.dataset.from });
  if (!told.ok) return complain(told.message);
  place.before(told.text);
  place.dataset.from = String(Number(place.dataset.from) + told.text.length);
  if (told.more) place.querySelector("button").textContent = `More (${told.more} characters)`;
  else place.remove();
}

// ------------------------------------------------------------------ acting

const acts = {
  other: () => { $("o-own").checked = true; $("key").focus(); keepDraft(); },
  note: () => $("note").focus(),
  undo: () => takeBack("/undo", { claim: chosen() }),
  next: () => step(1),
  previous: () => step(-1),
  search: () => $("words").focus(),
  help: () => $("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest?.("input, textarea, select") && card()) {
    $("claim-title").focus();
    return;
  }
  const name = keys.asked(event);
  if (!name || (!card() && !["search", "help"].includes(name))) return;
  event.preventDefault();
  if (/^[1-9]$/.test(name)) {
    const radio = form()?.querySelectorAll(".passage:not(.own) [name=offer]")[Number(name) - 1];
    if (radio) {
      radio.checked = true;
      radio.focus();
      keepDraft();
    }
  } else if (name in acts) {
    acts[name]();
  } else {
    judge(name);
  }
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-claim], a[data-from]");
  if (link) {
    event.preventDefault();
    if (link.dataset.claim) go(link.dataset.claim);
    else queue({ from: link.dataset.from }).then(() => $("queue").focus());
  } else if (event.target.id === "more") {
    go(chosen(), { more: true });
  } else if (event.target.id === "look") {
    look();
  } else if (event.target.id === "help-button") {
    acts.help();
  } else if (event.target.closest(".rest")) {
    rest(event.target.closest(".rest"));
  }
});

document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.method === "dialog") return;
  event.preventDefault();
  if (sent.id === "judge") {
    if (event.submitter?.name === "verdict") judge(event.submitter.value);
  } else if (sent.id === "undo-form") {
    acts.undo();
  } else if (sent.matches(".withdraw")) {
    takeBack("/withdraw", Object.fromEntries(new FormData(sent)));
  } else if (sent.id === "who") {
    begin();
  } else if (sent.id === "filter") {
    Object.assign(show, { turn: $("turn").value, words: $("words").value.trim() });
    queue({}).then((first) => go(first || chosen()));
  }
});

async function begin() {
  const told = await write("/who", { by: $("by").value });
  if (!told.ok) return say(told.message);
  body.dataset.by = told.by;
  $("by").value = told.by;
  $("who").querySelector("button").textContent = "Change";
  say(`verdicts are recorded by ${told.by}`);
  await go(chosen());
}

document.addEventListener("input", keepDraft);
document.addEventListener("change", (event) => {
  if (event.target.id === "turn") $("filter").requestSubmit();
  else keepDraft();
});
window.addEventListener("pagehide", keepDraft);

// ------------------------------------------------------------------ beginning

const here = new URL(location.href);
here.searchParams.delete("token");
history.replaceState(null, "", here);
keys.arrange($("keys"), $("keys-on"), $("keys-reset"), hints);
dress();
mark(chosen());
refreshAll().then(() => mark(chosen()));
if (!body.dataset.by) $("by").focus();
setTimeout(poll, POLL);

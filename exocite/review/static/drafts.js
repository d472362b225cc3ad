// Drafts: what a person has chosen and written but not decided, kept by claim and by its words.

const PREFIX = "exocite:draft:";
const FIELDS = ["offer", "key", "quote", "locator", "note"];
const MOST = 500;

const place = (path, card) => `${PREFIX}${path}:${card.dataset.claim}:${card.dataset.hash}`;

/** Keeps what stands in the form; an empty form has no draft. */
export function keep(path, card, form) {
  const data = new FormData(form);
  const values = Object.fromEntries(FIELDS.map((name) => [name, data.get(name) ?? ""]));
  try {
    if (Object.values(values).some(Boolean)) {
      localStorage.setItem(place(path, card), JSON.stringify({ ...values, at: Date.now() }));
      tidy();
    } else {
      localStorage.removeItem(place(path, card));
    }
  } catch {
    // A browser that keeps nothing: the form itself still holds what was written.
  }
}

/** Puts a draft back into the form; whether there was one. */
export function restore(path, card, form) {
  let values;
  try {
    values = JSON.parse(localStorage.getItem(place(path, card)) ?? "null");
  } catch {
    return false;
  }
  if (!values || typeof values !== "object") return false;
  for (const name of FIELDS) {
    const field = form.elements[name];
    const value = values[name];
    if (!field || typeof value !== "string" || !value) continue;
    // A passage that is no longer offered is not chosen by another one's name.
    if (name === "offer") {
      for (const radio of form.querySelectorAll('[name="offer"]')) radio.checked = radio.value === value;
    } else if (!field.value) {
      field.value = value;
    }
  }
  return true;
}

/** Forgets the draft: the verdict is recorded. */
export function drop(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

export const nameOf = place;

function tidy() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  if (names.length <= MOST) return;
  const age = (name) => {
    try {
      return JSON.parse(localStorage.getItem(name)).at ?? 0;
    } catch {
      return 0;
    }
  };
  names.sort((a, b) => age(a) - age(b));
  for (const name of names.slice(0, names.length - MOST)) localStorage.removeItem(name);
}

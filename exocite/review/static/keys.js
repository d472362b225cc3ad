// The keys of the page: which action each stands for, changed and switched off by the person.

const PLACE = "exocite:keys";

export const ACTIONS = {
  supported: ["s", "Supported: the passage says what the claim says"],
  partial: ["p", "Partial: it says part of it"],
  contradicted: ["c", "Contradicted: it says otherwise"],
  unsupported: ["n", "No support found"],
  disputed: ["d", "Disputed: the sources disagree"],
  exempt: ["x", "Exempt: the claim needs no source"],
  other: ["e", "Choose other evidence, or quote a passage"],
  note: ["m", "Write a note"],
  undo: ["u", "Take back my last verdict"],
  next: ["j", "Next claim"],
  previous: ["k", "Previous claim"],
  search: ["/", "Search the queue"],
  help: ["?", "Keys and help"],
};

function stored() {
  try {
    const held = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    return held && typeof held === "object" ? held : {};
  } catch {
    return {};
  }
}

function keep(held) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(held));
  } catch {
    // A browser that keeps nothing: the keys are those of this page until it is closed.
  }
}

const held = stored();
let on = held.on !== false;
const own = new Map(Object.keys(ACTIONS).map((name) => {
  const key = held.keys?.[name];
  return [name, typeof key === "string" && key.length <= 1 ? key : ACTIONS[name][0]];
}));

export const areOn = () => on;
export const keyOf = (name) => own.get(name) ?? "";

function writes(target) {
  if (!(target instanceof Element)) return false;
  const field = target.closest("input, textarea, select, [contenteditable]");
  return field !== null && !["radio", "checkbox"].includes(field.type);
}

/** The action that a key press asks for: a name of ACTIONS, a digit, or "". */
export function asked(event) {
  if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return "";
  if (event.repeat || writes(event.target) || document.querySelector("dialog[open]")) return "";
  for (const [name, key] of own) {
    if (key && key === event.key) return name;
  }
  return /^[1-9]$/.test(event.key) ? event.key : "";
}

/** Builds the list of keys in the help window; `changed` is called when one was changed. */
export function arrange(list, check, reset, changed) {
  const save = () => {
    keep({ on, keys: Object.fromEntries(own) });
    changed();
  };
  const draw = () => {
    list.replaceChildren();
    check.checked = on;
    for (const [name, [, words]] of Object.entries(ACTIONS)) {
      const term = document.createElement("dt");
      const label = document.createElement("label");
      const field = document.createElement("input");
      label.textContent = words;
      label.htmlFor = field.id = `key-${name}`;
      field.maxLength = 1;
      field.size = 2;
      field.value = own.get(name);
      field.autocomplete = "off";
      field.addEventListener("focus", () => field.select());
      field.addEventListener("change", () => {
        const key = field.value.trim();
        for (const [other, taken] of own) {
          if (key && other !== name && taken === key) own.set(other, "");
        }
        own.set(name, /^[1-9]$/.test(key) ? "" : key);
        save();
        draw();
        document.getElementById(field.id).focus();
      });
      term.append(label);
      const place = document.createElement("dd");
      place.append(field);
      list.append(term, place);
    }
  };
  check.addEventListener("change", () => {
    on = check.checked;
    save();
  });
  reset.addEventListener("click", () => {
    for (const [name, [key]] of Object.entries(ACTIONS)) own.set(name, key);
    on = true;
    save();
    draw();
  });
  draw();
}

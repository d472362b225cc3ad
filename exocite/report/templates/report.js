"use strict";
(() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const cards = [...document.querySelectorAll(".card")];
  const homes = new Map(cards.map((card) => [card, card.parentNode]));
  const claim = (card) => $("t-" + card.id);
  const pin = (card) => { const at = claim(card); return at ? at.nextElementSibling : null; };
  const wide = matchMedia("(min-width: 62rem)");
  const paper = matchMedia("print");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const settled = new Set(["reviewed", "exempt"]);
  let shown = cards;
  let chosen = null;

  root.classList.add("js");
  document.querySelector(".tools").hidden = false;
  const tell = (words) => { $("told").textContent = words; };

  // To its place among the other cards.
  const back = (card) => {
    const home = homes.get(card);
    const next = cards[cards.indexOf(card) + 1];
    home.insertBefore(card, next && next.parentNode === home ? next : null);
  };

  // Beside the article where there is room, on paper behind it, else behind the paragraph that holds
  // the claim. A sheet is narrow: without asking for paper, printing would move the card.
  const place = (card) => {
    const at = claim(card);
    const block = at && at.closest("li, p, h2, h3, h4, h5, h6, pre, table");
    if (wide.matches || paper.matches || !block) back(card);
    else if (block.localName === "li") block.append(card);
    else block.after(card);
  };

  const choose = (card, { focus = true, scroll = true } = {}) => {
    if (chosen) {
      chosen.classList.remove("chosen");
      if (claim(chosen)) claim(chosen).classList.remove("chosen");
      back(chosen);
    }
    chosen = card;
    card.classList.add("chosen");
    place(card);
    const at = claim(card);
    if (at) at.classList.add("chosen");
    // While the page loads, a fragment that is put in would make the browser jump to it.
    if (scroll) history.replaceState(null, "", "#" + card.id);
    const here = shown.indexOf(card);
    tell((here < 0 ? "Claim" : `Claim ${here + 1} of ${shown.length}`) + ": "
      + card.querySelector(".mark").textContent.trim());
    if (scroll) (at || card).scrollIntoView({ block: wide.matches ? "center" : "start", behavior: calm.matches ? "auto" : "smooth" });
    if (focus) (pin(card) || card).focus({ preventScroll: true });
  };

  const step = (by, wanted = () => true) => {
    const from = shown.indexOf(chosen);
    for (let at = from < 0 && by < 0 ? shown.length - 1 : from + by; at >= 0 && at < shown.length; at += by) {
      if (wanted(shown[at])) { choose(shown[at]); return; }
    }
    tell(shown.length ? (by > 0 ? "This is the last." : "This is the first.") : "No claim is shown.");
  };
  const open = (card) => !settled.has(card.dataset.state);

  const filter = () => {
    const look = $("show").value;
    const words = $("find").value.trim().toLowerCase();
    shown = cards.filter((card) => (!look || card.dataset.look === look)
      && (!words || card.textContent.toLowerCase().includes(words)));
    const kept = new Set(shown);
    for (const card of cards) {
      const off = !kept.has(card);
      if (claim(card)) { claim(card).classList.toggle("off", off); pin(card).classList.toggle("off", off); }
    }
    tell(`${shown.length} of ${cards.length} claims`);
  };

  const fromHash = () => {
    let name = location.hash.slice(1);
    if (name.startsWith("t-")) name = name.slice(2);
    const card = cards.find((one) => one.id === name);
    if (card) choose(card, { focus: false });
    return Boolean(card);
  };

  $("next").addEventListener("click", () => step(1));
  $("previous").addEventListener("click", () => step(-1));
  $("show").addEventListener("change", () => { filter(); if (shown.length && !shown.includes(chosen)) choose(shown[0], { focus: false }); });
  $("find").addEventListener("input", filter);
  $("find").addEventListener("keydown", (event) => { if (event.key === "Enter" && shown.length) { event.preventDefault(); choose(shown[0]); } });
  $("keys").addEventListener("click", () => $("help").showModal());
  addEventListener("hashchange", fromHash);
  wide.addEventListener("change", () => { if (chosen) place(chosen); });
  addEventListener("beforeprint", () => { if (chosen) back(chosen); });
  addEventListener("afterprint", () => { if (chosen) place(chosen); });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.hash && (link.classList.contains("pin") || link.hash.startsWith("#t-"))) {
      const card = cards.find((one) => "#" + one.id === link.hash || "#t-" + one.id === link.hash);
      if (card) { event.preventDefault(); choose(card); }
      return;
    }
    const at = link ? null : event.target.closest(".claim");
    if (at && getSelection().isCollapsed) choose(cards.find((one) => "t-" + one.id === at.id), { scroll: false });
  });

  const keys = {
    j: () => step(1), k: () => step(-1), "]": () => step(1, open), "[": () => step(-1, open),
    "/": () => $("find").focus(), "?": () => $("help").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (!$("single").checked || event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    if (event.target.closest("input, select, textarea")) return;
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });

  for (const table of document.querySelectorAll(".sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    const value = (row, column) => { const cell = row.cells[column]; return cell.dataset.value || cell.textContent.trim(); };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const numbers = head.dataset.sort === "number";
        const before = head.getAttribute("aria-sort");
        const up = before ? before === "descending" : !numbers;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows].map((row) => [value(row, column), row]);
        rows.sort(([a], [b]) => (numbers ? Number(a) - Number(b) : a.localeCompare(b)) * (up ? 1 : -1));
        table.tBodies[0].append(...rows.map(([, row]) => row));
        tell(`Sorted by ${button.textContent}, ${up ? "ascending" : "descending"}`);
      });
    });
  }

  if (!fromHash() && cards.length) choose(cards[0], { focus: false, scroll: false });
})();

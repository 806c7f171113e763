// Letters as keys on the desk: off unless the visitor turned them on, silent while somebody types or composes. Arrows and
// Ctrl+Enter always work. Templates mark what a key stands for with data-key. A letter never completes a final act: what
// data-weight calls final is only focused.
const MARKS = { "\u0309": "r", "\u0301": "s", "\u0300": "f", "\u0303": "x", "\u0323": "j" };

export function moveByKeys(page) {
  const list = page.getElementById("keys");
  if (!list) return;
  page.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return pressFilled(page, event);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || page.querySelector("dialog[open]")) return;
    for (const key of lettersOf(event.key)) {
      if (!event.key.startsWith("Arrow") && event.key !== "Escape" && !("on" in list.dataset)) return;
      if (act(page, key)) event.preventDefault();
    }
  });
}

// Telex may merge two letters outside inputs: "a" and "r" arrive as "ả". The mark is read as its key.
export function lettersOf(key) {
  if (key.length > 2) return [key];
  const [letter, ...marks] = key.normalize("NFD");
  const typed = marks.map((mark) => MARKS[mark]).filter(Boolean);
  // The letter itself came with an event of its own before its mark was typed.
  return typed.length ? typed : [letter.toLowerCase()];
}

function act(page, key) {
  const row = page.activeElement?.closest(".queue li");
  const moves = {
    j: () => walk(page, 1), k: () => walk(page, -1), ArrowDown: () => walk(page, 1), ArrowUp: () => walk(page, -1),
    x: () => select(row ?? page.querySelector(".queue li.here")),
    a: () => press(page, page.querySelector("#case [data-key='a'], #turn-bar > button:not(.outline)")),
    r: () => press(page, page.querySelector("#case [data-key='r'], #turn-bar > .act:not(.more) > summary")),
    "/": () => page.querySelector("[data-key='/'], .top input[type=search]")?.focus() ?? true,
    "?": () => page.getElementById("keys").showModal() ?? true,
    Escape: () => clear(page),
  };
  if (moves[key]) return moves[key]() !== false;
  const link = /^[chsvz[\]]$/.test(key) && page.querySelector(`[data-key="${key}"]`);
  if (!link) return false;
  for (let fold = link.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (link.matches("select, input")) link.focus();
  else link.click();
  return true;
}

// Where a case is open, moving opens the next one; on the list alone it moves the focus.
function walk(page, step) {
  const links = [...page.querySelectorAll(".queue .groups li a[data-case]")];
  if (!links.length) return false;
  const here = links.findIndex((link) => link === page.activeElement || link.hasAttribute("aria-current"));
  const link = links[Math.min(links.length - 1, Math.max(0, here + step))];
  if (page.getElementById("steps")) link.click();
  link.focus({ preventScroll: false });
  return true;
}

function select(row) {
  const box = row?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.click();
  return true;
}

function press(page, button) {
  if (!button) return false;
  button.focus();
  if (button.dataset.weight !== "final") button.click();
  return true;
}

function pressFilled(page, event) {
  const form = event.target.closest("form");
  const button = (form ?? page.querySelector("#case"))?.querySelector("button:not(.outline):not([type=button])");
  if (!button || button.closest(".queue")) return;
  event.preventDefault();
  button.click();
}

function clear(page) {
  const boxes = [...page.querySelectorAll(".queue input[name=case]:checked")];
  for (const box of boxes) box.click();
  return boxes.length > 0;
}

function typing(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])") !== null;
}

// j and k walk a list, Enter opens; silent while somebody types, and off where the visitor said so.
export function moveByKeys(page) {
  const list = page.querySelector(".rows[data-keys]");
  if (!list) return;
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step) walk(list, step);
  });
}

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function walk(list, step) {
  const links = [...list.querySelectorAll("h2 a, h3 a")];
  const here = links.indexOf(document.activeElement);
  const next = links[Math.min(links.length - 1, Math.max(0, here + step))];
  if (next) next.focus();
}

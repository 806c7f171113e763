// "/" leads to the search of the header; silent while somebody types.
export function seekByKey(page) {
  const input = page.querySelector("[data-seek]");
  if (!input) return;
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

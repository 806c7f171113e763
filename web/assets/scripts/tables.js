// Adds and removes rows of a table field in place; without it the same buttons save the draft and reload.
export function growTables(page) {
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row]");
    if (!button) return;
    const table = button.closest(".grid-table");
    event.preventDefault();
    if (button.dataset.row === "add") add(table);
    else remove(table, button.closest(".grid-row"));
  });
}

function add(table) {
  const rows = table.querySelectorAll(".grid-row");
  const fresh = rows[rows.length - 1].cloneNode(true);
  const next = Number(table.dataset.next);
  table.dataset.next = String(next + 1);
  for (const input of fresh.querySelectorAll("input, select, textarea")) {
    renumber(input, next);
    input.value = "";
    input.removeAttribute("aria-invalid");
  }
  for (const label of fresh.querySelectorAll("label[for]")) label.htmlFor = numbered(label.htmlFor, next);
  rows[rows.length - 1].after(fresh);
  fresh.querySelector("input, select, textarea").focus();
}

function remove(table, row) {
  if (table.querySelectorAll(".grid-row").length > 1) row.remove();
  else for (const input of row.querySelectorAll("input, select, textarea")) input.value = "";
  const last = [...table.querySelectorAll(".grid-row")].pop();
  last.querySelector("input, select, textarea").focus();
}

function renumber(input, next) {
  input.name = numbered(input.name, next);
  if (input.id) input.id = numbered(input.id, next);
}

function numbered(name, next) {
  return name.replace(/\.\d+\./, `.${next}.`);
}

// Choosing a place on a page for a remark: with the pointer a box, with the keyboard the whole page that is read.
// The form of a mark stands above the paper; it gets the place and is opened.
import { drawn } from "./marks.js";

const SMALLEST = 0.01;

export function chooseBoxes(container, sheets) {
  const button = sheets.pane.querySelector("[data-marking]");
  const form = sheets.pane.querySelector("[data-mark-form]");
  if (!form) return;
  button.hidden = false;
  let from = null;
  let box = null;
  // Another page is typed in: the box was on the one before.
  form.elements.page.addEventListener("input", () => {
    if (box) box.remove();
    form.elements.box.value = form.elements.box_text.value = "";
  });
  button.addEventListener("click", () => mark(button.getAttribute("aria-pressed") !== "true"));

  function mark(on) {
    button.setAttribute("aria-pressed", String(on));
    container.classList.toggle("marking", on);
    if (on) container.focus();
  }

  container.addEventListener("keydown", (event) => {
    if (!container.classList.contains("marking")) return;
    if (event.key === "Escape") mark(false);
    if (event.key === "Enter") choose(sheets.reading(), [0, 0, 1, 1]);
  });
  container.addEventListener("pointerdown", (event) => {
    const sheet = event.target.closest(".paper-sheet");
    if (!sheet || !container.classList.contains("marking")) return;
    event.preventDefault();
    container.setPointerCapture(event.pointerId);
    from = { sheet, at: place(sheet, event) };
  });
  container.addEventListener("pointermove", (event) => {
    if (from) show(corners(from.at, place(from.sheet, event)));
  });
  container.addEventListener("pointerup", (event) => {
    if (!from) return;
    const chosen = corners(from.at, place(from.sheet, event));
    const page = Number(from.sheet.dataset.page);
    from = null;
    if (chosen[2] - chosen[0] > SMALLEST && chosen[3] - chosen[1] > SMALLEST) choose(page, chosen);
  });

  function show(place) {
    if (box) box.remove();
    box = drawn(place, "");
    from.sheet.append(box);
  }

  function choose(page, chosen) {
    const { elements } = form;
    elements.page.value = page;
    elements.box.value = chosen.map((part) => Number(part.toFixed(4))).join(",");
    elements.box_text.value = words(sheets.places[page - 1], chosen);
    mark(false);
    form.closest("details").open = true;
    elements.mark_text.focus();
  }
}

function place(sheet, event) {
  const { left, top, width, height } = sheet.getBoundingClientRect();
  const part = (value) => Math.min(1, Math.max(0, value));
  return [part((event.clientX - left) / width), part((event.clientY - top) / height)];
}

function corners([x, y], [toX, toY]) {
  return [Math.min(x, toX), Math.min(y, toY), Math.max(x, toX), Math.max(y, toY)];
}

// The words whose middle lies in the box, as the text of the page has them.
function words(sheet, [left, top, right, bottom]) {
  const page = sheet.getBoundingClientRect();
  const inside = [...sheet.querySelectorAll(".paper-letters span")].filter((span) => {
    const at = span.getBoundingClientRect();
    const x = (at.left + at.width / 2 - page.left) / page.width;
    const y = (at.top + at.height / 2 - page.top) / page.height;
    return x >= left && x <= right && y >= top && y <= bottom;
  });
  return inside.map((span) => span.textContent).join(" ").replace(/\s+/g, " ").trim().slice(0, 500);
}

import { chooseBoxes } from "./choosing.js";
import { drawMarks } from "./marks.js";

// Loads what draws a PDF when one is open, also after a part of the page was exchanged; `v` ticks the open paper.
export function openPapers(page) {
  open(page);
  page.addEventListener("htmx:afterSettle", (event) => open(event.target));
  page.addEventListener("trinh:seen", () => {
    const tick = page.querySelector('.paper-pane [data-act="seen"]');
    if (tick) tick.click();
  });
}

function open(part) {
  for (const picture of part.querySelectorAll("[data-picture]:not([data-opened])")) {
    picture.dataset.opened = "yes";
    const sheets = { pane: picture.closest(".paper-pane"), places: [picture.querySelector(".paper-sheet")], reading: () => 1 };
    drawMarks(picture, sheets);
    chooseBoxes(picture, sheets);
  }
  for (const sheets of part.querySelectorAll("[data-pdf]")) {
    if (sheets.dataset.opened) continue;
    sheets.dataset.opened = "yes";
    import(new URL(sheets.dataset.viewer, document.baseURI).href).then(
      (viewer) => viewer.show(sheets),
      () => say(sheets),
    );
  }
}

function say(sheets) {
  sheets.querySelector(".paper-said").textContent = sheets.dataset.saidMissing;
}

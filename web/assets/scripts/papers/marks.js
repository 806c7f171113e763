// Draws the marks of remarks on their pages: a box and its number, from the list that stands below the paper.
export function drawMarks(container, sheets) {
  for (const mark of sheets.pane.querySelectorAll("[data-marks] [data-box]")) {
    const sheet = sheets.places[Number(mark.dataset.page) - 1];
    if (sheet) sheet.append(drawn(mark.dataset.box.split(" ").map(Number), mark.dataset.label, mark.dataset.state));
  }
}

export function drawn([left, top, right, bottom], label, state) {
  const box = document.createElement("div");
  box.className = `paper-mark ${state ?? ""}`.trim();
  box.style.left = `${left * 100}%`;
  box.style.top = `${top * 100}%`;
  box.style.width = `${(right - left) * 100}%`;
  box.style.height = `${(bottom - top) * 100}%`;
  if (label) {
    const pin = document.createElement("span");
    pin.className = "pin";
    pin.textContent = label;
    box.append(pin);
  }
  return box;
}

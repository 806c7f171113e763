// A drawing wider than the screen is shown where its rules begin, not at its left edge.
export function showStarts(page) {
  for (const drawing of page.querySelectorAll(".drawing")) {
    const start = drawing.querySelector(".law-start")?.getBoundingClientRect();
    if (!start) continue;
    const box = drawing.getBoundingClientRect();
    drawing.scrollLeft += start.x + start.width / 2 - (box.x + box.width / 2);
  }
}

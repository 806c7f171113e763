// Counts the lines of a ballot that are chosen and leads to the next one. Nothing of it is kept anywhere.
export function countChoices(page) {
  for (const line of page.querySelectorAll("[data-chosen]")) {
    const update = () => show(page, line);
    page.addEventListener("change", update);
    update();
  }
}

function show(page, line) {
  const groups = [...page.querySelectorAll(".ballot-lines [role=radiogroup]")];
  const open = groups.filter((group) => !group.querySelector(":checked"));
  line.querySelector("b").textContent = String(groups.length - open.length);
  const link = line.querySelector("a");
  link.hidden = open.length === 0;
  if (open.length) link.href = `#${CSS.escape(open[0].closest("li").id)}`;
}

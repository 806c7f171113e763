// The bar of a case leads to what must be filled in for an act: opened, not only scrolled to.
export function openActs(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("[data-opens]");
    const part = link && page.getElementById(link.dataset.opens);
    if (!part) return;
    part.open = true;
    part.querySelector("summary").focus();
  });
}

// Says that a file is too large before it is sent, in the words of its input; the server says the same.
const MEGABYTE = 1024 * 1024;

export function weighFiles(page) {
  page.addEventListener("change", ({ target }) => {
    const { most, saidLarge } = target.dataset;
    if (target.type !== "file" || !most) return;
    const heaviest = Math.max(0, ...[...target.files].map((file) => file.size));
    const tooLarge = heaviest > Number(most) * MEGABYTE;
    const said = saidLarge.replace("{size}", Math.ceil(heaviest / MEGABYTE)).replace("{most}", most);
    target.setCustomValidity(tooLarge ? said : "");
    if (tooLarge) target.reportValidity();
  });
}

// The pages of one PDF: their places, drawing those in view, which one is read, turning and zooming.
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const WIDEST = 900;
const MOST_PIXELS = 16_000_000;

export class Sheets {
  constructor(container, file, pdfjs) {
    Object.assign(this, { container, file, pdfjs, step: STEPS.indexOf(1), places: [] });
    this.pane = container.closest(".paper-pane");
    this.watcher = new IntersectionObserver((seen) => this.come(seen), { root: container, rootMargin: "50%" });
  }

  async lay() {
    const said = this.container.querySelector(".paper-said");
    const first = await this.file.getPage(1);
    said.remove();
    for (let number = 1; number <= this.file.numPages; number += 1) this.place(number);
    this.size(first.getViewport({ scale: 1 }));
    this.listen();
    this.count();
  }

  place(number) {
    const sheet = document.createElement("section");
    sheet.className = "paper-sheet";
    sheet.dataset.page = number;
    sheet.setAttribute("aria-label", this.container.dataset.saidPage.replace("{page}", number));
    this.container.append(sheet);
    this.places.push(sheet);
    this.watcher.observe(sheet);
  }

  // Until a page is read it is taken to be as large as the first.
  size(viewport) {
    for (const sheet of this.places) {
      if (sheet.dataset.state !== "drawn") this.fit(sheet, viewport);
    }
  }

  fit(sheet, viewport) {
    const width = Math.min(this.container.clientWidth - 32, WIDEST) * STEPS[this.step];
    sheet.style.width = `${width}px`;
    sheet.style.height = `${(width * viewport.height) / viewport.width}px`;
    return width / viewport.width;
  }

  come(seen) {
    for (const { isIntersecting, target } of seen) {
      if (isIntersecting && !target.dataset.state) this.draw(target).catch((error) => console.warn(error));
    }
  }

  async draw(sheet) {
    sheet.dataset.state = "drawing";
    const page = await this.file.getPage(Number(sheet.dataset.page));
    const plain = page.getViewport({ scale: 1 });
    const scale = this.fit(sheet, plain);
    const sharp = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (plain.width * plain.height)) / scale);
    const canvas = document.createElement("canvas");
    const viewport = page.getViewport({ scale: scale * sharp });
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    const letters = document.createElement("div");
    letters.className = "paper-letters";
    letters.style.setProperty("--total-scale-factor", scale);
    for (const old of sheet.querySelectorAll("canvas, .paper-letters")) old.remove();
    sheet.prepend(canvas, letters);
    await page.render({ canvas, viewport }).promise;
    const layer = new this.pdfjs.TextLayer({
      textContentSource: page.streamTextContent(),
      container: letters,
      viewport: page.getViewport({ scale }),
    });
    await layer.render();
    sheet.dataset.state = "drawn";
  }

  listen() {
    const tools = this.pane.querySelector("[data-zoom]");
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const { scale, turn } = event.target.dataset;
      if (scale) this.zoom(Number(scale));
      if (turn) this.turn(Number(turn));
    });
    this.container.addEventListener("scroll", () => this.count(), { passive: true });
  }

  zoom(by) {
    const reading = this.reading();
    this.step = Math.min(STEPS.length - 1, Math.max(0, this.step + by));
    for (const sheet of this.places) {
      const { width, height } = sheet.getBoundingClientRect();
      this.fit(sheet, { width, height });
      delete sheet.dataset.state;
      this.watcher.unobserve(sheet);
      this.watcher.observe(sheet);
    }
    this.goTo(reading);
  }

  turn(by) {
    this.goTo(Math.min(this.places.length, Math.max(1, this.reading() + by)));
  }

  goTo(number) {
    const sheet = this.places[number - 1];
    this.container.scrollTop += sheet.getBoundingClientRect().top - this.container.getBoundingClientRect().top - 8;
    this.count();
  }

  // The page that is read is the last one that begins above the middle.
  reading() {
    const { top, height } = this.container.getBoundingClientRect();
    const begun = this.places.filter((sheet) => sheet.getBoundingClientRect().top <= top + height / 2);
    return Math.max(1, begun.length);
  }

  count() {
    const words = this.container.dataset.saidPages;
    const said = words.replace("{page}", this.reading()).replace("{pages}", this.places.length);
    this.pane.querySelector("[data-pages]").textContent = said;
  }
}

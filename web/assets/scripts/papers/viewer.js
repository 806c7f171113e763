// Draws a PDF into its sheets, page by page as they come into view. Mozilla's pdf.js reads it in a worker; nothing in the
// file runs: no scripts, no forms of XFA, no WebAssembly, which our policy refuses.
import * as pdfjs from "pdfjs-dist";
import { drawMarks } from "./marks.js";
import { chooseBoxes } from "./choosing.js";
import { Sheets } from "./sheets.js";

const here = new URL(".", import.meta.url).href;
pdfjs.GlobalWorkerOptions.workerSrc = `${here}worker.js`;

const OPTIONS = {
  useWasm: false,
  enableXfa: false,
  wasmUrl: here,
  standardFontDataUrl: `${here}fonts/`,
  disableAutoFetch: true,
  disableRange: true,
  disableStream: true,
};

export async function show(container) {
  try {
    const task = pdfjs.getDocument({ url: container.dataset.pdf, ...OPTIONS });
    const file = await task.promise;
    const sheets = new Sheets(container, file, pdfjs);
    await sheets.lay();
    drawMarks(container, sheets);
    chooseBoxes(container, sheets);
  } catch (error) {
    container.querySelector(".paper-said").textContent = sentence(container, error);
  }
}

function sentence(container, error) {
  if (error.name === "PasswordException") return container.dataset.saidEncrypted;
  if (error.name === "ResponseException") return container.dataset.saidMissing;
  console.warn(error);
  return container.dataset.saidBroken;
}

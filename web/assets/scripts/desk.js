// The desk: a case opens beside the queue without leaving the page; the queue keeps its place; what is selected is counted.
import htmx from "htmx.org";

const PLACE = "queue-place";

export function openBeside(page) {
  const queue = page.getElementById("queue");
  if (!queue) return;
  countSelected(queue);
  if (!page.getElementById("case")) return;
  keepPlace(queue);
  for (const link of queue.querySelectorAll("a[data-case]")) swapInto(link, page);
  page.body.addEventListener("htmx:beforeRequest", () => page.getElementById("case")?.setAttribute("aria-busy", "true"));
  page.body.addEventListener("htmx:sendError", () => page.getElementById("case")?.removeAttribute("aria-busy"));
  page.body.addEventListener("htmx:responseError", (event) => { location.assign(event.detail.pathInfo.requestPath); });
  page.body.addEventListener("htmx:beforeSwap", leaveIfSignedOut);
  page.body.addEventListener("htmx:afterSettle", () => showHere(page, queue));
  page.body.addEventListener("htmx:historyRestore", () => showHere(page, queue));
}

function swapInto(link, page) {
  link.setAttribute("hx-get", link.getAttribute("href"));
  link.setAttribute("hx-target", "#case");
  link.setAttribute("hx-select", "#case");
  link.setAttribute("hx-select-oob", "#steps,#paper");
  link.setAttribute("hx-swap", "outerHTML show:none");
  link.setAttribute("hx-push-url", "true");
  link.setAttribute("hx-sync", "#queue:replace");
  htmx.process(link);
}

// Somebody whose session has ended is answered with the page to sign in, which has no case.
function leaveIfSignedOut(event) {
  if (event.detail.serverResponse.includes('id="case"')) return;
  event.detail.shouldSwap = false;
  location.assign(event.detail.pathInfo.requestPath);
}

function showHere(page, queue) {
  const code = page.getElementById("steps")?.dataset.code;
  for (const link of queue.querySelectorAll("a[data-case]")) {
    const here = link.dataset.case === code;
    link.closest("li").classList.toggle("here", here);
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    if (here) link.scrollIntoView({ block: "nearest" });
  }
}

// A whole page follows an act. Only a number of pixels is kept, and only for this tab.
function keepPlace(queue) {
  const groups = queue.querySelector(".groups");
  groups.scrollTop = Number(sessionStorage.getItem(PLACE) ?? 0);
  addEventListener("pagehide", () => sessionStorage.setItem(PLACE, String(Math.round(groups.scrollTop))));
  queue.querySelector("[aria-current][data-case]")?.scrollIntoView({ block: "nearest" });
}

function countSelected(queue) {
  const foot = queue.querySelector("#chosen");
  const [said, act, none] = [".selected", ".go", ".select-none"].map((part) => foot.querySelector(part));
  const boxes = () => [...queue.querySelectorAll("input[name=case]")];
  const count = () => {
    const chosen = boxes().filter((box) => box.checked);
    const acts = new Set(chosen.map((box) => box.dataset.act ?? ""));
    foot.hidden = !chosen.length;
    said.hidden = none.hidden = !chosen.length;
    said.querySelector("strong").textContent = String(chosen.length);
    act.textContent = acts.size === 1 && [...acts][0] ? `${[...acts][0]}…` : act.dataset.otherwise;
  };
  queue.addEventListener("change", count);
  none.addEventListener("click", () => { for (const box of boxes()) box.checked = false; count(); });
  for (const all of queue.querySelectorAll("[data-group]")) {
    all.hidden = false;
    all.addEventListener("click", () => {
      for (const box of all.closest("section").querySelectorAll("input[name=case]")) box.checked = true;
      count();
    });
  }
  count();
}

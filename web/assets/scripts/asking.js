// Asks in a dialog what the server would ask on a page of its own; what was typed stays where it is.
const DONE = 204;
const HEADER = "X-Asks";

export function askFirst(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    const acts = (button?.getAttribute("formaction") || form.getAttribute("action") || "").includes("/actions/");
    if (event.defaultPrevented || !acts || !form.matches("[data-asks]")) return;
    event.preventDefault();
    send(page, form, button);
  });
}

async function send(page, form, button) {
  const target = button.formAction, data = new FormData(form, button);
  try {
    const answer = await fetch(target, { method: "POST", body: data, headers: { [HEADER]: "1" }, redirect: "error" });
    if (answer.status === DONE) return void location.assign(answer.headers.get("X-Goes-To"));
    const asked = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("consequences");
    if (asked) return void show(page, asked, button);
  } catch {
    // No answer came: the browser sends it again by itself, under the same key, and says what is wrong.
  }
  // A refusal is a page, which the browser shows; asking once more changes nothing.
  form.removeAttribute("data-asks");
  form.requestSubmit(button);
}

function show(page, asked, button) {
  button.removeAttribute("aria-busy");
  const dialog = page.createElement("dialog");
  dialog.className = "asks";
  dialog.setAttribute("aria-labelledby", "asking-title");
  asked.querySelector("[data-closes]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.append(page.adoptNode(asked));
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
  });
  page.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("[data-closes]").focus({ preventScroll: true });
}

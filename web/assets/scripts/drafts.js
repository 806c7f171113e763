// Warns before typed text is left behind, and shows that a form is on its way; a second click sends nothing twice.
export function keepDrafts(page) {
  for (const form of page.querySelectorAll("form[data-guarded]")) guard(form);
  for (const form of page.querySelectorAll('form[method="post"]')) form.addEventListener("submit", () => sending(form));
  window.addEventListener("pageshow", () => page.querySelectorAll("[aria-busy]").forEach(free));
}

function guard(form) {
  let touched = false;
  // Inputs may stand outside their form and name it, so the page is listened to.
  document.addEventListener("input", (event) => { if (event.target.form === form) touched = true; });
  for (const done of ["submit", "saved"]) form.addEventListener(done, () => { touched = false; });
  window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
}

function sending(form) {
  const pressed = document.activeElement;
  if (pressed && pressed.form === form && pressed.type === "submit") pressed.setAttribute("aria-busy", "true");
}

function free(button) {
  button.removeAttribute("aria-busy");
}

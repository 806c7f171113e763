// When the session has ended, a dialog over the untouched page asks to sign in again; then the form goes its way.
export function guardSessions(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-guarded]") || form.dataset.checked || event.defaultPrevented) return;
    event.preventDefault();
    check(page, form, event.submitter);
  });
  window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("[data-checked]")) delete form.dataset.checked;
  });
  page.querySelector("#sign-in-again [data-closes]")?.addEventListener("click", () => dialog(page).close());
}

async function check(page, form, submitter) {
  const go = () => {
    form.dataset.checked = "1";
    form.requestSubmit(submitter);
  };
  // A browser ignores a form that is sent while the event of its first sending is still on its way.
  if (await isLive(page)) setTimeout(go);
  else askToSignIn(page, go);
}

async function isLive(page) {
  const form = page.querySelector("#sign-in-again form");
  const answer = form && (await fetch(form.dataset.probe, { headers: { Accept: "application/json" } }).catch(() => null));
  // Without a connection the browser itself says so, with the page still there.
  if (!answer || !answer.ok) return !answer || answer.status !== 401;
  const present = await answer.json();
  // Somebody else may have signed in beside this page: what was typed is not theirs to send.
  return present.username === form.elements.username.value && renew(page, present.form_token);
}

export function askToSignIn(page, then) {
  const box = dialog(page);
  const form = box.querySelector("form");
  if (box.open) return;
  freeButtons(page);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const signedIn = await signIn(page, form);
    freeButtons(page);
    if (signedIn) {
      box.close();
      then();
    }
  };
  box.showModal();
  form.elements.password.focus();
}

async function signIn(page, form) {
  const headers = { Accept: "application/json" };
  const present = await fetch(form.dataset.probe, { headers });
  const typed = new FormData(form);
  typed.set("form_token", (await present.json()).form_token);
  const answer = await fetch(form.action, { method: "POST", body: typed, headers });
  form.elements.password.value = "";
  const wrong = form.querySelector("[data-wrong]");
  wrong.textContent = answer.ok ? "" : wrong.dataset.wrong;
  return answer.ok ? renew(page, (await answer.json()).form_token) : false;
}

function renew(page, token) {
  for (const input of page.querySelectorAll('input[name="form_token"]')) input.value = token;
  return true;
}

function freeButtons(page) {
  for (const button of page.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

function dialog(page) {
  return page.getElementById("sign-in-again");
}

// Saves what is typed into the form of a case as a draft, a moment after the last key. Answers to an ask are never sent.
import { askToSignIn } from "./session.js";

const PAUSE = 1500;
const NEVER = /^(answer|count|fill|note\.|form_token$)/;

export function saveDrafts(page) {
  for (const form of page.querySelectorAll("form[data-autosave]")) watch(page, form);
}

function watch(page, form) {
  let timer = null;
  let leaving = false;
  const state = { changed: 0, saving: false };
  const save = async () => {
    if (leaving) return;
    if (state.saving) { timer = setTimeout(save, PAUSE); return; }
    state.saving = true;
    await saveOnce(page, form, state);
    state.saving = false;
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); };
  // Inputs may stand outside their form and name it, so the page is listened to.
  page.addEventListener("input", (event) => {
    if (event.target.form !== form || NEVER.test(event.target.name) || event.target.type === "file" || event.target.closest(".act")) return;
    state.changed += 1;
    later();
  });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("online", () => { if (state.failed) later(); });
}

async function saveOnce(page, form, state) {
  const before = state.changed;
  const answer = await send(form);
  state.failed = !answer;
  if (!answer) return say(page, form.dataset.offline);
  if (answer.status === 401) return askToSignIn(page, () => saveOnce(page, form, state));
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) return say(page, said.said || form.dataset.unsaved);
  form.elements.draft_seen.value = said.version;
  if (state.changed === before) form.dispatchEvent(new CustomEvent("saved"));
  return say(page, `${form.dataset.autosave} ${said.at}`);
}

function send(form) {
  const typed = new FormData(form);
  for (const name of [...typed.keys()]) if (NEVER.test(name) || typed.get(name) instanceof File) typed.delete(name);
  typed.set("form_token", form.elements.form_token.value);
  const headers = { Accept: "application/json" };
  return fetch(form.getAttribute("action"), { method: "POST", body: typed, headers, redirect: "error" }).catch(() => null);
}

function say(page, words) {
  for (const place of page.querySelectorAll("[data-saved]")) place.textContent = words;
}

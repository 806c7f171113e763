// What a case or the list of notifications shows has been read. A page changes nothing when it is asked for, so this is said
// afterwards; without scripts the list has a button for it.
export function tellRead(page) {
  if (!("unread" in page.body.dataset)) return;
  tell(page);
  page.body.addEventListener("htmx:afterSettle", () => tell(page));
}

function tell(page) {
  const code = page.getElementById("steps")?.dataset.code ?? page.querySelector("[data-case-code]")?.dataset.caseCode;
  const newest = page.querySelector("form[data-reads] input[name=up_to]")?.value;
  const token = page.querySelector("input[name=form_token]")?.value;
  if (!token || !(code || newest)) return;
  const said = new URLSearchParams(code ? { case: code } : { up_to: newest });
  fetch(page.body.dataset.unread, { method: "POST", body: said, headers: { "X-Form-Token": token }, redirect: "manual" })
    .catch(() => {});
}

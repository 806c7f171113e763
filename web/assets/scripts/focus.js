// After a refusal the summary of what was wrong takes the focus, so that it is read first.
export function focusSummary(page) {
  page.querySelector("[data-focus]")?.focus();
}

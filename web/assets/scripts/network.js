// Without a network a form stays as it is and is sent, with the same key, when there is one again. A file that is larger
// than may be sent is named before it is sent. What is said stands in the one element with role=status, or beside the form.
export function waitForNetwork(page) {
  const words = page.body.dataset;
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    const large = tooLarge(form, Number(words.mostBytes));
    if (large) return refuse(event, form, words.tooLarge.replace("{size}", megabytes(large.size)).replace("{most}", megabytes(words.mostBytes)));
    if (navigator.onLine) return;
    refuse(event, form, words.offline);
    const button = event.submitter;
    addEventListener("online", () => form.requestSubmit(button), { once: true });
  }, true);
}

function refuse(event, form, sentence) {
  event.preventDefault();
  event.stopPropagation();
  const bar = event.submitter?.closest(".turn-bar") ?? form;
  let place = bar.querySelector(".said-here");
  if (!place) {
    place = form.ownerDocument.createElement("p");
    place.className = "said-here fault";
    place.setAttribute("role", "alert");
    bar.append(place);
  }
  place.textContent = sentence;
}

function tooLarge(form, most) {
  const files = [...form.elements].filter((input) => input.type === "file").flatMap((input) => [...input.files]);
  return most ? files.find((file) => file.size > most) : undefined;
}

function megabytes(bytes) {
  return String(Math.max(1, Math.ceil(Number(bytes) / 1048576)));
}

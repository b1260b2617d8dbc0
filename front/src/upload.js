// A form with data-upload sends its files with a progress bar and then shows the page it is led to.
import { say } from "./toasts.js";

const words = document.getElementById("words")?.dataset ?? {};

function bar(form) {
  let found = form.querySelector("progress");
  if (!found) {
    found = document.createElement("progress");
    found.className = "upload-bar";
    found.max = 100;
    found.setAttribute("aria-label", words.uploading);
    form.append(found);
  }
  return found;
}

function show(html, address) {
  history.pushState({}, "", address);
  document.open();
  document.write(html);
  document.close();
}

function send(form, submitter) {
  const data = new FormData(form, submitter);
  const request = new XMLHttpRequest();
  const progress = bar(form);
  const buttons = [...form.querySelectorAll("button")];
  const ready = (yes) => buttons.forEach((button) => { button.disabled = !yes; });
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) progress.removeAttribute("value"); // sent; the server is reading
  });
  request.addEventListener("load", () => {
    if (request.responseURL && request.responseURL !== new URL(form.action, location).href) location.assign(request.responseURL);
    else show(request.responseText, request.responseURL);
  });
  request.addEventListener("error", () => {
    ready(true);
    progress.remove();
    say(words.failed, "error");
  });
  ready(false);
  request.open(form.method, form.action);
  request.send(data);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-upload]") || event.defaultPrevented) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

// A drop zone shows the names of the chosen files.
function named(input) {
  const list = input.closest("[data-drop]")?.querySelector("[data-names]");
  if (list) list.textContent = [...input.files].map((file) => file.name).join("、");
}
document.addEventListener("change", (event) => { if (event.target.matches("[data-drop] input[type=file]")) named(event.target); });
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("drop-here", kind === "dragenter" || kind === "dragover");
    const input = zone.querySelector("input[type=file]");
    if (kind === "drop" && input) { input.files = event.dataTransfer.files; named(input); }
  });
}

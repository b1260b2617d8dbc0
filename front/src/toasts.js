// Short notes at the edge of the screen: Django's messages, failed htmx requests, and say() for modules.
const shelf = document.getElementById("toasts");
const words = document.getElementById("words")?.dataset ?? {};

function leaveLater(note) {
  const seconds = note.className.includes("error") ? 15 : 6;
  setTimeout(() => note.remove(), seconds * 1000);
  note.addEventListener("click", () => note.remove());
}

export function say(text, level = "info") {
  if (!shelf) return;
  const note = document.createElement("div");
  note.className = `notice notice-${level}`;
  note.textContent = text;
  shelf.append(note);
  leaveLater(note);
}

shelf?.querySelectorAll("[data-toast]").forEach(leaveLater);

document.addEventListener("htmx:sendError", () => say(words.failed, "error"));
document.addEventListener("htmx:responseError", (event) => {
  const code = event.detail.xhr.status;
  say(code === 403 || code === 401 ? words.refused : code === 404 ? words.missing : words.failed, "error");
});

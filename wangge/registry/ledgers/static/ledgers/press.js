// Y, N and S answer the question on the page; Enter and Tab work as everywhere.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
  document.querySelector(`[data-press="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});

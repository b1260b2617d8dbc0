// Every text comes from the page (<script id="form-words" type="application/json">, the tag form_words), in the
// reader's language, or from whoever opens the form.

export function wordsOnPage() {
  return JSON.parse(document.getElementById("form-words")?.textContent ?? "{}");
}

/** say("left", { n: 3 }) → "还有 3 题必答". A key without words is shown as it is, so that it is noticed. */
export function speaker(words) {
  return (key, values = {}) => (words[key] ?? key).replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all);
}

const pad = (number) => String(number).padStart(2, "0");

/** The phone's clock, "2026-11-26 08:05". */
export function clock(at = new Date()) {
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

/** "+08:00" for the given moment on this phone. */
export function offset(at = new Date()) {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

// Texts: written here in Chinese; the page brings their translation for whoever reads another language.
// The build and .ci/messages.py find every call of t with a plain text in it.
const translated = JSON.parse(document.getElementById("field-words")?.textContent ?? "{}");

export const english = document.documentElement.lang.startsWith("en");

/** The text in the language of the page; %(name)s stands for a value. */
export function t(text, values = {}) {
  return (translated[text] || text).replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all);
}

const pad = (number) => String(number).padStart(2, "0");

/** "2026-11-26" of a moment on this phone's clock. */
export const day = (at = new Date()) => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
export const time = (at = new Date()) => `${pad(at.getHours())}:${pad(at.getMinutes())}`;

/** "今天 10:20", "11月25日 10:20". */
export function moment(value) {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return "";
  return day(at) === day() ? t("今天 %(time)s", { time: time(at) }) : `${shortDay(day(at))} ${time(at)}`;
}

/** "11月25日" of "2026-11-25". */
export function shortDay(text) {
  const [, month, date] = (text ?? "").split("-").map(Number);
  return month ? t("%(month)s月%(date)s日", { month, date }) : "";
}

/** The phone's moment with its own offset, "2026-11-26T08:05:00.000+08:00". */
export function iso(at = new Date()) {
  const minutes = -at.getTimezoneOffset();
  const shifted = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(minutes);
  return `${shifted}${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

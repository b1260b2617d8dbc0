// Days, months, years, hours. The phone's own pickers, the values as XForms want them.
import { effect } from "../effects.js";
import { h } from "../element.js";
import { offset } from "../texts.js";

const shape = (type, shown, stored, pattern) => ({ type, shown, stored, pattern });
const HOUR = /^\d{2}:\d{2}/;

const SHAPES = {
  date: shape("date", (value) => value.slice(0, 10), (value) => value, /^\d{4}-\d{2}-\d{2}$/),
  month: shape("month", (value) => value.slice(0, 7), (value) => `${value}-01`, /^\d{4}-(0[1-9]|1[0-2])$/),
  year: shape("text", (value) => value.slice(0, 4), (value) => `${value}-01-01`, /^(19|20|21)\d{2}$/),
  time: shape("time", (value) => (HOUR.test(value) ? value.slice(0, 5) : ""), (value) => `${value.slice(0, 5)}:00.000${offset()}`, HOUR),
  dateTime: shape("datetime-local", here, (value) => `${value.slice(0, 16)}:00.000${offset(new Date(value))}`, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/),
};

/** A moment on this phone's clock, as the picker wants it. */
function here(value) {
  const at = new Date(value);
  if (!value || Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function date(form, node, asked) {
  const kind = node.valueType !== "date" ? node.valueType : node.appearances?.["month-year"] ? "month" : node.appearances?.year ? "year" : "date";
  const { type, shown, stored, pattern } = SHAPES[kind];
  const input = h("input", { class: "weui-input", type, autocomplete: "off", ...(kind === "year" ? { inputMode: "numeric", maxLength: 4 } : {}) });
  const complaint = { month: "not_month", year: "not_year" }[kind] ?? "not_date";
  const half = () => input.validity.badInput || (input.value !== "" && !pattern.test(input.value));
  const take = () => node.setValue(half() || !input.value ? null : stored(input.value));
  input.addEventListener("input", take);
  input.addEventListener("blur", asked.touch);
  input.addEventListener("input", () => { if (!half()) asked.complain(null); });
  input.addEventListener("blur", () => { if (half()) asked.complain(complaint); });
  effect(() => {
    const text = shown(node.currentState.instanceValue);
    if (document.activeElement !== input || text) input.value = text;
  });
  return { body: input, input };
}

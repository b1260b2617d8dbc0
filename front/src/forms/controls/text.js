// Text and numbers. Digits typed on a Chinese keyboard (１２) are taken as digits.
import { effect } from "../effects.js";
import { h } from "../element.js";

const WHOLE = /^[+-]?\d+$/;
const PART = /^[+-]?(\d+\.?\d*|\.\d+)$/;

function field(node, more) {
  const lines = node.appearances?.multiline || node.nodeOptions?.rows > 1;
  return lines
    ? h("textarea", { class: "weui-textarea", rows: node.nodeOptions?.rows ?? 4, ...more })
    : h("input", { class: "weui-input", type: "text", ...more });
}

/** Hear what is typed, but not the half of a Chinese word. */
function typed(input, heard) {
  input.addEventListener("input", (event) => { if (!event.isComposing) heard(input.value); });
  input.addEventListener("compositionend", () => heard(input.value));
}

/** What the form says now, unless somebody is typing there. */
function follow(input, node, shown) {
  effect(() => {
    const text = shown(node.currentState.instanceValue);
    if (document.activeElement !== input && input.value !== text) input.value = text;
  });
}

export function text(form, node, asked) {
  const { appearances } = node;
  const hidden = appearances?.["hidden-answer"] || appearances?.masked;
  const input = field(node, {
    autocomplete: "off",
    ...(appearances?.numbers ? { inputMode: "decimal" } : {}),
    ...(appearances?.url ? { inputMode: "url" } : {}),
    ...(hidden ? { type: "password" } : {}),
  });
  typed(input, (value) => node.setValue(value));
  input.addEventListener("blur", asked.touch);
  follow(input, node, (value) => value);
  return { body: input, input };
}

/** A whole or decimal number; what is no number is told at once and never sent as one. */
export function number(form, node, asked) {
  const whole = node.valueType === "int";
  const input = h("input", { class: "weui-input wf-number", type: "text", autocomplete: "off", inputMode: whole ? "numeric" : "decimal" });
  typed(input, (raw) => {
    const value = raw.normalize("NFKC").replace(/[,\s]/g, "");
    const good = value === "" || (whole ? WHOLE : PART).test(value);
    const large = whole && Math.abs(Number(value)) > 2147483647;
    asked.complain(!good ? (whole ? "not_whole" : "not_number") : large ? "too_large" : null);
    node.setValue(good && !large && value !== "" ? value : null);
  });
  input.addEventListener("blur", () => {
    asked.touch();
    if (!asked.error()) input.value = node.currentState.instanceValue;
  });
  effect(() => {
    const text = node.currentState.instanceValue;
    if (document.activeElement !== input && (text || !input.closest(".wf-wrong"))) input.value = text;
  });
  return { body: input, input };
}

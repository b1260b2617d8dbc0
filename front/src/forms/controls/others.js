// A slider, an order of things, a tick, a note, and what this phone cannot do.
import { effect } from "../effects.js";
import { button, h } from "../element.js";
import { nodesOf, plain } from "../markdown.js";
import { waive } from "../waived.js";

export function range(form, node, asked) {
  const { bounds } = node.definition;
  const [low, high, step] = [bounds.start, bounds.end, bounds.step].map(Number);
  const input = h("input", { class: "wf-range", type: "range" });
  Object.assign(input, { min: Math.min(low, high), max: Math.max(low, high), step: Math.abs(step) || 1 });
  const shown = h("output", { class: "wf-value", for: asked.ids.input });
  const take = () => node.setValue(input.value);
  input.addEventListener("input", take);
  input.addEventListener("pointerup", take); // a tap where the handle already stands is an answer too
  input.addEventListener("keydown", (event) => { if (event.key === " " || event.key === "Enter") { event.preventDefault(); take(); } });
  input.addEventListener("change", asked.touch);
  effect(() => {
    const value = node.currentState.instanceValue;
    input.value = value === "" ? String((low + high) / 2) : value;
    input.classList.toggle("wf-empty", value === "");
    shown.textContent = value === "" ? form.say("not_chosen") : value;
    input.setAttribute("aria-valuetext", shown.textContent);
  });
  return { body: [h("div", { class: "wf-range-row" }, h("span", {}, String(low)), input, h("span", {}, String(high))), shown], input };
}

export function rank(form, node, asked) {
  const list = h("ol", { class: "wf-rank" });
  const accept = button(form.say("this_order"), () => { node.setValues(order()); asked.touch(); list.querySelector("button:not([disabled])")?.focus(); });
  const order = () => {
    const { value, valueOptions } = node.currentState;
    const all = valueOptions.map((each) => each.value);
    return [...value.filter((each) => all.includes(each)), ...all.filter((each) => !value.includes(each))];
  };
  function move(at, by) {
    const now = order();
    now.splice(at + by, 0, ...now.splice(at, 1));
    node.setValues(now);
    asked.touch();
    queueMicrotask(() => { // after the list is drawn anew, focus stays with the row
      const row = list.children[at + by];
      (row?.querySelector(by < 0 ? "[data-up]:not([disabled])" : "[data-down]:not([disabled])") ?? row?.querySelector("button:not([disabled])"))?.focus();
    });
    form.announce(form.say("moved", { name: nameOf(now[at + by]), n: at + by + 1 }));
  }
  const nameOf = (value) => plain(node.currentState.valueOptions.find((each) => each.value === value)?.label ?? null) || value;
  effect(() => {
    const now = order();
    list.replaceChildren(...now.map((value, at) => h("li", {},
      h("span", {}, nameOf(value)),
      button("↑", () => move(at, -1), "default", { class: "wf-step", disabled: at === 0, "data-up": "", "aria-label": form.say("up", { name: nameOf(value) }) }),
      button("↓", () => move(at, 1), "default", { class: "wf-step", disabled: at === now.length - 1, "data-down": "", "aria-label": form.say("down", { name: nameOf(value) }) }))));
    accept.hidden = node.currentState.value.length > 0;
  });
  return { body: [list, accept] };
}

export function trigger(form, node, asked) {
  const input = h("input", { type: "checkbox" });
  input.addEventListener("change", () => {
    node.setValue(input.checked);
    asked.touch();
  });
  effect(() => { input.checked = Boolean(node.currentState.value); });
  return { body: h("label", { class: "wf-choice" }, input, h("span", {}, form.say("acknowledge"))) };
}

/** A note is read, not answered; a computed value may stand in it. */
export function note(form, node) {
  const shown = h("div", { class: "wf-note" });
  effect(() => {
    const { noteText, value, relevant, label, hint } = node.currentState;
    const said = nodesOf(noteText ?? label ?? hint);
    const lines = [h("div", {}, ...said)];
    if (label && hint) lines.push(h("div", { class: "wf-hint" }, ...nodesOf(hint)));
    shown.hidden = !relevant || !said.length;
    if (value !== null && value !== "" && value !== undefined) lines.push(h("p", { class: "wf-value" }, node.currentState.instanceValue));
    shown.replaceChildren(...lines);
  });
  return shown;
}

/** What cannot be answered here is said; it does not stand in the way of sending the rest. */
export function unsupported(kind) {
  return (form, node, asked) => {
    const words = h("p", { class: "wf-odd" });
    effect(() => {
      const { value, instanceValue } = node.currentState;
      words.textContent = form.say(instanceValue || value ? "unsupported_kept" : `unsupported_${kind}`);
      if (!instanceValue) waive(form, node, "unsupported");
    });
    return { body: words };
  };
}

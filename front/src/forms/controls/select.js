// One of a list, or several. Long lists are searched in a sheet (search.js).
import { effect, scope, unread, whenDone } from "../effects.js";
import { button, freshId, h } from "../element.js";
import { nodesOf, plain } from "../markdown.js";
import { pictureOf } from "../media.js";
import { search } from "./search.js";

const LONG = 20;

export const isMany = (node) => node.selectType === "select";

export function select(form, node, asked) {
  if (node.appearances?.autocomplete) return search(form, node, asked);
  if (unread(() => node.currentState.valueOptions.length) > LONG) return search(form, node, asked);
  if (node.appearances?.minimal && !isMany(node)) return drop(form, node, asked);
  return rows(form, node, asked);
}

/** The choices, all of them to be seen. A list that grows beyond twenty is searched from then on. */
function rows(form, node, asked) {
  const body = h("div", { class: "wf-choices" });
  const name = freshId();
  const many = isMany(node);
  const clear = button(form.say("clear"), () => { node.selectValues([]); body.querySelector("input")?.focus(); }, "default", { class: "wf-link" });
  let end = () => {};
  let long = false;
  effect(() => {
    const options = node.currentState.valueOptions;
    end();
    if (options.length > LONG) {
      long = true;
      [, end] = scope(() => body.replaceChildren(search(form, node, asked).body));
      return;
    }
    long = false;
    [, end] = scope(() => body.replaceChildren(...options.map((option) => row(form, node, asked, option, name, many)), ...(options.length ? [] : [h("p", { class: "wf-hint" }, form.say("no_choices"))])));
  });
  whenDone(() => end());
  effect(() => { clear.hidden = long || many || node.currentState.required || !node.currentState.value.length; });
  return { body: [body, clear], role: many ? "group" : "radiogroup" };
}

function row(form, node, asked, option, name, many) {
  const input = h("input", { type: many ? "checkbox" : "radio", name, value: option.value });
  input.addEventListener("change", () => {
    const held = node.currentState.value;
    if (!many) node.selectValue(option.value);
    else node.selectValues(input.checked ? [...held, option.value] : held.filter((each) => each !== option.value));
    asked.touch();
  });
  effect(() => { input.checked = node.currentState.value.includes(option.value); });
  return h("label", { class: "wf-choice" }, input, h("span", {}, ...nodesOf(option.label), pictureOf(form, option.label)));
}

function drop(form, node, asked) {
  const input = h("select", { class: "weui-select" });
  input.addEventListener("change", () => {
    node.selectValue(input.value || null);
    asked.touch();
  });
  effect(() => {
    const { valueOptions, value } = node.currentState;
    input.replaceChildren(h("option", { value: "" }, form.say("choose")), ...valueOptions.map((each) => h("option", { value: each.value }, plain(each.label))));
    input.value = value[0] ?? "";
  });
  return { body: input, input };
}

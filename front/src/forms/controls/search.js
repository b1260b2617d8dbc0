// A long list, such as 800 rooms: a button that says what is chosen, a sheet that finds by part of a name.
import { effect } from "../effects.js";
import { button, freshId, h } from "../element.js";
import { plain } from "../markdown.js";
import { openSheet } from "../sheet.js";

const MOST = 60; // rows drawn at once; typing on finds the others

const folded = (text) => text.normalize("NFKC").toLowerCase();

/** The choices whose name or value holds every word typed, those that begin with it first. */
export function found(options, typed) {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const begins = (each) => (words.length && each.text.startsWith(words[0]) ? 0 : 1);
  return options.filter((each) => words.every((word) => each.text.includes(word))).sort((one, other) => begins(one) - begins(other));
}

export function search(form, node, asked) {
  const many = node.selectType === "select";
  const chosen = h("span", {});
  const opener = button("", () => choose(), "default", { class: "wf-pick", id: freshId(), "aria-haspopup": "dialog" });
  opener.append(chosen);
  opener.setAttribute("aria-labelledby", `${asked.ids.label} ${opener.id}`);
  effect(() => {
    const { value, valueOptions } = node.currentState;
    const names = value.map((each) => plain(node.getValueOption(each)?.label ?? null) || each);
    chosen.textContent = names.join("、") || form.say(valueOptions.length ? "choose_of" : "no_choices", { n: valueOptions.length });
    opener.classList.toggle("wf-empty", !names.length);
  });

  async function choose() {
    await openSheet(form, asked.label(), (sheet) => listed(form, node, sheet, many));
    asked.touch();
  }

  return { body: opener, role: "group" };
}

function listed(form, node, sheet, many) {
  const options = node.currentState.valueOptions.map((each) => ({ value: each.value, name: plain(each.label) || each.value, text: folded(`${plain(each.label)} ${each.value}`) }));
  const id = freshId();
  const box = h("input", { class: "weui-input", type: "search", id, autocomplete: "off", "data-first": "", enterKeyHint: "search" });
  const list = h("div", { class: "wf-choices wf-list", role: many ? "group" : "radiogroup", "aria-labelledby": sheet.box.getAttribute("aria-labelledby") });
  const count = h("p", { class: "wf-hint", role: "status" });
  const name = freshId();

  function draw() {
    const rows = found(options, box.value);
    list.replaceChildren(...rows.slice(0, MOST).map((each) => row(each)));
    const rest = rows.length - MOST;
    count.textContent = !rows.length ? form.say("found_none") : rest > 0 ? form.say("found_more", { n: rows.length, rest }) : form.say("found", { n: rows.length });
  }

  function row(each) {
    const input = h("input", { type: many ? "checkbox" : "radio", name, value: each.value, checked: node.isSelected(each.value) });
    const take = () => {
      if (many) {
        const held = node.currentState.value;
        node.selectValues(input.checked ? [...held, each.value] : held.filter((one) => one !== each.value));
      } else {
        node.selectValue(each.value);
      }
    };
    input.addEventListener("change", take);
    // A tap or Enter takes a single choice and leaves; the arrow keys only walk.
    if (!many) input.addEventListener("click", (event) => { if (event.detail) { take(); sheet.close(); } });
    if (!many) input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); node.selectValue(each.value); sheet.close(); } });
    return h("label", { class: "wf-choice" }, input, h("span", {}, each.name));
  }

  box.addEventListener("input", draw);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector("input")?.focus();
    }
  });
  draw();
  return [
    h("label", { for: id, class: "wf-label" }, form.say("search_label")), box, count, list,
    h("div", { class: "wf-sheet-foot" }, button(form.say("done"), () => sheet.close(), "primary"), ...(node.currentState.required ? [] : [button(form.say("clear"), () => { node.selectValues([]); sheet.close(); })])),
  ];
}

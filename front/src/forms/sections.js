// Groups are sections, rows of a repeat are cards; everything else is a question.
import { putBack, takeOut } from "./answers.js";
import { controlFor } from "./controls/index.js";
import { note } from "./controls/others.js";
import { effect, scope, signal, whenDone } from "./effects.js";
import { button, freshId, h } from "./element.js";
import { nodesOf, plain } from "./markdown.js";
import { question } from "./question.js";

const UNDO_SECONDS = 20;

/** What stands below a node of the engine, as elements. ``level`` is that of the headings inside. */
export function drawn(form, parent, level = 2) {
  return parent.currentState.children.map((node) => one(form, node, level)).filter(Boolean);
}

function one(form, node, level) {
  if (node.nodeType === "model-value") return null; // computed or hidden
  if (node.nodeType === "group") return group(form, node, level);
  if (node.nodeType.startsWith("repeat-range")) return repeat(form, node, level);
  if (node.nodeType === "note") return note(form, node);
  return question(form, node, controlFor(node));
}

function heading(level, id) {
  return h(`h${Math.min(level, 6)}`, { id, class: "wf-heading", tabIndex: -1 });
}

function group(form, node, level) {
  const { currentState: state } = node;
  const id = freshId();
  const title = heading(level, id);
  const named = Boolean(state.label);
  const body = drawn(form, node, named ? level + 1 : level);
  if (!body.length) return null;
  const section = h("section", { class: named || node.appearances?.["field-list"] ? "wf-card" : "wf-plain" }, title, ...body);
  effect(() => {
    title.replaceChildren(...nodesOf(state.label));
    title.hidden = !title.childNodes.length;
    if (title.hidden) section.removeAttribute("aria-labelledby");
    else section.setAttribute("aria-labelledby", id);
  });
  effect(() => { section.hidden = !state.relevant || !state.hasRelevantBodyNodes; });
  return section;
}

function repeat(form, range, level) {
  const { currentState: state } = range;
  const id = freshId();
  const title = heading(level, id);
  const rows = h("div", { class: "wf-rows" });
  const gone = signal(null); // { at, held, name } of the row removed last
  const free = range.nodeType === "repeat-range:uncontrolled";
  const name = () => plain(state.label) || form.say("row");
  const add = free ? button("", () => added(), "default", { class: "weui-btn weui-btn_default wf-add" }) : null;
  const undo = h("div", { class: "wf-undo" });
  const drawnRows = new Map();

  function added() {
    range.addInstances();
    focusRow(state.children.length - 1);
  }
  function remove(row) {
    const at = state.children.indexOf(row);
    gone.now = { at, held: takeOut(row), name: `${name()} ${at + 1}` };
    range.removeInstances(at);
    form.announce(form.say("removed", { name: gone.now.name }));
    queueMicrotask(() => undo.querySelector("button")?.focus());
  }
  function bringBack() {
    const { at, held } = gone.now;
    gone.now = null;
    range.addInstances(at - 1);
    putBack(state.children[at], held);
    focusRow(at);
  }
  const focusRow = (at) => queueMicrotask(() => queueMicrotask(() => rows.children[at]?.querySelector(".wf-heading")?.focus()));

  function card(row) {
    const here = freshId();
    const caption = heading(level + 1, here);
    const parts = drawn(form, row, level + 2);
    const less = free ? button(form.say("remove"), () => remove(row), "default", { class: "wf-link" }) : null;
    const made = h("section", { class: "wf-card", "aria-labelledby": here }, h("div", { class: "wf-row-top" }, caption, less), ...parts);
    effect(() => {
      const own = plain(row.currentState.label) || name();
      caption.textContent = `${own} ${state.children.indexOf(row) + 1}`;
      less?.setAttribute("aria-label", `${form.say("remove")} ${caption.textContent}`);
    });
    effect(() => { made.hidden = !row.currentState.relevant; });
    return made;
  }

  effect(() => {
    const now = state.children;
    for (const [row, { made, end }] of drawnRows) {
      if (now.includes(row)) continue;
      end();
      drawnRows.delete(row);
      for (const [id, each] of form.questions) if (made.contains(each.shell)) form.questions.delete(id);
      made.remove();
    }
    for (const row of now) {
      if (drawnRows.has(row)) continue;
      const [made, end] = scope(() => card(row));
      drawnRows.set(row, { made, end });
    }
    now.forEach((row, at) => {
      const { made } = drawnRows.get(row);
      if (rows.children[at] !== made) rows.insertBefore(made, rows.children[at] ?? null);
    });
  });
  whenDone(() => drawnRows.forEach(({ end }) => end()));

  let limit = 0;
  effect(() => {
    clearTimeout(limit);
    undo.hidden = !gone.now;
    if (!gone.now) return undo.replaceChildren();
    undo.replaceChildren(h("span", {}, form.say("removed", { name: gone.now.name })), button(form.say("undo"), bringBack, "default", { class: "wf-link" }));
    limit = setTimeout(() => { if (!undo.contains(document.activeElement)) gone.now = null; }, UNDO_SECONDS * 1000);
  });

  const section = h("section", { class: "wf-plain", "aria-labelledby": id }, title, rows, undo, add);
  effect(() => {
    title.textContent = name();
    if (add) add.textContent = form.say("add", { name: name() });
    section.hidden = !state.relevant;
  });
  return section;
}

// One question: its words, its control, what is wrong with it. The control comes from controls/.
import { attribute, freshId, h } from "./element.js";
import { effect, signal, unread } from "./effects.js";
import { nodesOf, plain } from "./markdown.js";
import { pictureOf, soundsAt } from "./media.js";
import { whyNot } from "./waived.js";

// Words that appear when a field is left would move the button away that is just being pressed.
const AFTER_THE_TAP = 300;
const FOCUSABLE = "input:not([disabled]), select:not([disabled]), textarea:not([disabled]), button:not([disabled])";

/** Draw ``node`` with ``control(form, node, question)``, which returns { body, input, role }:
 *  ``input`` is the one field that the label names; without one the body is a group of ``role``. */
export function question(form, node, control) {
  const state = node.currentState;
  const ids = { label: freshId(), hint: freshId(), error: freshId(), input: freshId() };
  const own = signal(null); // what the control itself finds wrong: { key, values }
  const touched = signal(false);
  const asked = {
    ids,
    label: () => plain(state.label) || plain(state.hint) || state.reference.split("/").at(-1),
    complain: (key, values = {}) => { own.now = key ? { key, values } : null; },
    touch: () => setTimeout(() => { touched.now = true; }, AFTER_THE_TAP),
    error: () => errorOf(form, node, own.now),
    focus: () => (shell.querySelector(`.wf-body :is(${FOCUSABLE})`) ?? shell).focus({ preventScroll: true }),
  };
  const { body, input = null, role = "group", wide = null } = control(form, node, asked);

  const label = input ? h("label", { for: ids.input, class: "wf-label", id: ids.label }) : h("div", { class: "wf-label", id: ids.label });
  const hint = h("div", { class: "wf-hint", id: ids.hint });
  const error = h("p", { class: "wf-error", id: ids.error });
  const notes = h("div", { class: "wf-notes" });
  const field = h("fieldset", { class: "wf-body", role: input ? "presentation" : role }, body);
  if (input) input.id = ids.input;
  else field.setAttribute("aria-labelledby", ids.label);
  const shell = h("div", { class: `wf-question${wide ? " wf-wide" : ""}`, tabIndex: -1 }, label, hint, notes, field, error);
  shell.dataset.path = unread(() => state.reference);

  effect(() => {
    const said = nodesOf(state.label);
    label.replaceChildren(...(said.length ? said : [asked.label()]), ...(state.required && !whyNot(form, node) ? [" ", h("span", { class: "wf-must" }, form.say("must"))] : []));
    notes.replaceChildren(...[pictureOf(form, state.label), soundsAt(form, state.label), ...odd(form, node)].filter(Boolean));
  });
  effect(() => {
    hint.replaceChildren(...(plain(state.label) ? nodesOf(state.hint) : [])); // without a label the hint is the label
    hint.hidden = !hint.childNodes.length;
  });
  effect(() => { shell.hidden = !state.relevant; });
  effect(() => { field.disabled = state.readonly; });
  effect(() => {
    const wrong = touched.now || form.showing.now || own.now ? asked.error() : null;
    error.textContent = wrong ?? "";
    error.hidden = !wrong;
    shell.classList.toggle("wf-wrong", Boolean(wrong));
    const said = [hint.hidden ? null : ids.hint, wrong ? ids.error : null].filter(Boolean).join(" ");
    attribute(input ?? field, "aria-describedby", said);
    if (input) attribute(input, "aria-invalid", wrong ? "true" : "");
  });
  if (input && !["button"].includes(input.type)) effect(() => attribute(input, "aria-required", state.required ? "true" : ""));
  form.questions.set(node.nodeId, { ...asked, node, shell });
  return shell;
}

/** What is wrong with an answer, in words; null when nothing is. */
function errorOf(form, node, own) {
  const state = node.currentState;
  if (!state.relevant || state.readonly) return null;
  if (own) return form.say(own.key, own.values);
  const { violation } = node.validationState;
  if (!violation) return null;
  if (violation.condition === "required" && whyNot(form, node)) return null;
  return (violation.message && plain(violation.message)) || form.say(violation.condition === "required" ? "required" : "constraint");
}

const ODD = ["annotate", "map", "image-map", "ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "bearing", "printer", "placement-map", "maps"];

/** Appearances that change what is asked and that we draw differently are said, not dropped. */
function odd(form, node) {
  const named = [...(node.appearances ?? [])].filter((name) => ODD.includes(name) || /^(ex|printer):/.test(name));
  const shown = named.filter((name) => !(node.valueType === "geopoint" && /maps$|-map$/.test(name)));
  return shown.length ? [h("p", { class: "wf-odd" }, form.say("odd_appearance", { name: shown.join("、") }))] : [];
}

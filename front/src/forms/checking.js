// What is still to be answered, what is wrong, and the way to the first of it.
import { walk } from "./answers.js";
import { unread } from "./effects.js";
import { whyNot } from "./waived.js";

/** { required, answered, missing, wrong }: of the questions that are asked now. */
export function progressOf(form) {
  const found = { required: 0, answered: 0, missing: 0, wrong: 0 };
  for (const node of walk(form.root)) {
    const state = node.currentState;
    if (state.children !== null || !state.relevant) continue;
    const condition = node.validationState.violation?.condition;
    if (state.required) found.required += 1;
    if (condition === "required" && !whyNot(form, node)) found.missing += 1;
    if (condition === "constraint") found.wrong += 1;
  }
  found.answered = found.required - found.missing;
  return found;
}

/** Every error as { path, label, message }, in the form's order; they are shown from now on. */
export function errorsOf(form) {
  form.showing.now = true;
  return unread(() => {
    const found = [];
    for (const node of walk(form.root)) {
      const message = form.questions.get(node.nodeId)?.error();
      if (message) found.push({ path: node.currentState.reference, label: form.questions.get(node.nodeId).label(), message, nodeId: node.nodeId });
    }
    return found;
  });
}

/** To the first error: into view, focused, read out. */
export function leadTo(form, errors) {
  const { shell, focus } = form.questions.get(errors[0].nodeId);
  shell.scrollIntoView({ block: "center" });
  focus();
  form.announce(form.say("errors", { n: errors.length, first: `${errors[0].label}：${errors[0].message}` }));
}

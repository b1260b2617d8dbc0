// Answers that could not be given (no position, no recorder): a required one does not hold the rest back then.
// Kept by node, because rows of a repeat move; told by path.
import { walk } from "./answers.js";
import { unread } from "./effects.js";

/** Note why ``node`` has no answer; null takes it back. */
export function waive(form, node, why) {
  unread(() => {
    const { [node.nodeId]: before = null, ...others } = form.waived.now;
    if (before === why) return;
    form.waived.now = why ? { ...others, [node.nodeId]: why } : others;
    form.changed();
  });
}

export const whyNot = (form, node) => form.waived.now[node.nodeId] ?? null;

/** path → why, of what is asked now. */
export function waivedByPath(form) {
  const found = {};
  for (const node of walk(form.root)) {
    const why = form.waived.now[node.nodeId];
    if (why && node.currentState.relevant) found[node.currentState.reference] = why;
  }
  return found;
}

export function waivedByNode(root, byPath) {
  const found = {};
  for (const node of walk(root)) {
    const why = byPath[node.currentState.reference];
    if (why) found[node.nodeId] = why;
  }
  return found;
}

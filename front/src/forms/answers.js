// Answers by path: walking a form, setting an answer from its text, taking a part out and putting it back.

/** Every node below, in the form's order. */
export function* walk(node) {
  for (const child of node.currentState.children ?? []) {
    yield child;
    yield* walk(child);
  }
}

const isLeaf = (node) => node.currentState.children === null;
const words = (text) => text.split(/\s+/).filter(Boolean);

/** The answer as it stands in the XML, or the file. */
export function answerOf(node) {
  return node.nodeType === "upload" ? node.currentState.value : node.currentState.instanceValue;
}

/** Set an answer from what the XML would say; false where the form does not let it be set. */
export function setAnswer(node, value) {
  try {
    if (node.nodeType === "upload") node.setValue(value || null);
    else if (node.nodeType === "select") node.selectValues(words(value));
    else if (node.nodeType === "rank") node.setValues(words(value));
    else if (node.nodeType === "trigger") node.setValue(value === "OK");
    else if (node.nodeType === "input" || node.nodeType === "range") node.setValue(value || (node.valueType === "string" ? "" : null));
    else return false;
    return true;
  } catch {
    return false; // read only, or not among the choices
  }
}

const REPEAT = /^(.*?)\[(\d+)\]/;

/** "/data/members[2]/name" and "/data/members/name" (the first one) as every part with its number. */
function grown(path) {
  const found = [];
  let seen = "";
  for (const part of path.split("/").slice(1)) {
    seen += `/${part}`;
    const at = REPEAT.exec(part);
    if (at) found.push([seen.slice(0, seen.lastIndexOf("[")), Number(at[2])]);
  }
  return found;
}

/** As many rows of each repeat as the paths name, at most 200. */
function growRepeats(root, paths) {
  const wanted = paths.flatMap(grown).sort(([one], [other]) => one.length - other.length);
  for (const [reference, count] of wanted) {
    const range = [...walk(root)].find((node) => node.nodeType === "repeat-range:uncontrolled" && node.currentState.reference === reference);
    const missing = Math.min(count, 200) - (range?.currentState.children.length ?? count);
    if (missing > 0) range.addInstances(undefined, missing);
  }
}

/** Set what is known already; in the form's order, because a choice may depend on the one above. */
export function prefillAnswers(root, prefill) {
  growRepeats(root, Object.keys(prefill));
  for (const node of walk(root)) {
    if (!isLeaf(node)) continue;
    const reference = node.currentState.reference;
    const known = prefill[reference] ?? prefill[reference.replaceAll("[1]", "")];
    if (known !== undefined && known !== null && known !== answerOf(node)) setAnswer(node, String(known));
  }
}

/** Known values of fields that have no question of their own go into the form's first instance; rows of a repeat
 *  that are named by their number are made there. */
export function prefillModel(xform, prefill) {
  if (!Object.keys(prefill).length) return xform;
  const page = new DOMParser().parseFromString(xform, "text/xml");
  const first = page.querySelector("model > instance")?.firstElementChild;
  if (!first || page.querySelector("parsererror")) return xform;
  const leaf = (path) => {
    const [top, ...steps] = path.split("/").slice(1);
    return steps.reduce((above, step) => above && under(above, step), top === first.localName ? first : null);
  };
  Object.keys(prefill).forEach(leaf); // all rows first: a row is never made from one that says something of somebody
  for (const [path, value] of Object.entries(prefill)) {
    const at = leaf(path);
    if (at && !at.children.length && value !== null && value !== undefined) at.textContent = String(value);
  }
  return new XMLSerializer().serializeToString(page);
}

const TEMPLATE = "template"; // jr:template, from which the form makes further rows

/** The child that a step of a path names, "members[2]" the second; rows that are missing are made, at most 200. */
function under(above, step) {
  const [, name, number = ""] = /^(.*?)(?:\[(\d+)\])?$/.exec(step);
  const named = [...above.children].filter((child) => child.localName === name);
  const isTemplate = (child) => [...child.attributes].some((each) => each.localName === TEMPLATE);
  const rows = named.filter((child) => !isTemplate(child));
  if (!number) return rows[0] ?? named[0] ?? null;
  if (!named.length || Number(number) < 1 || Number(number) > 200) return null;
  while (rows.length < Number(number)) rows.push(anotherRow(named, rows, isTemplate));
  return rows[Number(number) - 1];
}

/** One more row after the last, as empty as the form has it. */
function anotherRow(named, rows, isTemplate) {
  const made = (named.find(isTemplate) ?? named[0]).cloneNode(true);
  for (const each of [...made.attributes]) if (each.localName === TEMPLATE) made.removeAttributeNode(each);
  (rows.at(-1) ?? named.at(-1)).after(made);
  return made;
}

/** The answers below a node, by their place in it. */
export function takeOut(node) {
  return (node.currentState.children ?? []).map((child) => {
    if (child.nodeType.startsWith("repeat-range")) return { rows: child.currentState.children.map(takeOut) };
    return isLeaf(child) ? { value: answerOf(child) } : { inner: takeOut(child) };
  });
}

/** Put back what ``takeOut`` gave, into a node of the same kind. */
export function putBack(node, held) {
  (node.currentState.children ?? []).forEach((child, at) => {
    const part = held[at];
    if (part?.rows) {
      const missing = part.rows.length - child.currentState.children.length;
      if (missing > 0) child.addInstances?.(undefined, missing);
      child.currentState.children.forEach((row, number) => putBack(row, part.rows[number] ?? []));
    } else if (part?.inner) putBack(child, part.inner);
    else if (part?.value) setAnswer(child, part.value);
  });
}

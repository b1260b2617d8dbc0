// The answers as they leave the form: for a draft, and for sending.
import { walk } from "./answers.js";
import { waivedByPath } from "./waived.js";

const OPENROSA = "http://openrosa.org/xforms";
const OURS = "urn:wangge:forms";

/** Photos and signatures of an answer; what a restored draft brought is kept until the engine has read it. */
export function filesOf(root, brought = new Map()) {
  const files = [];
  for (const node of walk(root)) {
    if (node.nodeType !== "upload" || !node.currentState.relevant) continue;
    const name = node.currentState.instanceValue;
    const blob = node.currentState.value ?? brought.get(name);
    if (name && blob) files.push({ name, blob });
  }
  return files;
}

/** A draft as drafts keep it. */
export function snapshotOf(form) {
  return { xml: form.root.instanceState.instanceXML, files: filesOf(form.root, form.brought), waived: waivedByPath(form), at: Date.now() };
}

/** An earlier answer, as { xml, files, waived }; null without one. */
export function heldOf(instance) {
  if (!instance) return null;
  const held = typeof instance === "string" ? { xml: instance, files: [] } : { files: [], ...instance };
  return { waived: waivedIn(held.xml), ...held };
}

/** "home_visit@3": which form a draft is of, from the XForm itself. */
export function keyOf(xform) {
  const [, , top] = /<instance(\s[^>]*)?>\s*(<[^>]+>)/.exec(xform) ?? [];
  const of = (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(top ?? "")?.[1] ?? "";
  return `${of("id")}@${of("version")}`;
}

/** ``waived`` says which answers could not be given, and why: it stands at the empty answer in the XML. */
export function marked(xml, waived) {
  const wanted = Object.entries(waived);
  if (!wanted.length) return xml;
  const page = new DOMParser().parseFromString(xml, "text/xml");
  for (const [path, why] of wanted) {
    const leaf = leafAt(page.documentElement, path);
    leaf?.setAttributeNS(OURS, "wangge:cannot", why);
  }
  return new XMLSerializer().serializeToString(page);
}

function leafAt(top, path) {
  let at = top;
  for (const part of path.split("/").slice(2)) {
    const [, name, number = "1"] = /^([^[]+)(?:\[(\d+)\])?$/.exec(part) ?? [];
    at = [...at.children].filter((child) => child.localName === name)[Number(number) - 1];
    if (!at) return null;
  }
  return at;
}

/** The reasons that an earlier answer carries: path → why. */
function waivedIn(xml) {
  const found = {};
  const page = new DOMParser().parseFromString(xml, "text/xml");
  for (const leaf of page.querySelectorAll("*")) {
    const why = leaf.getAttributeNS(OURS, "cannot");
    if (why) found[pathOf(leaf)] = why;
  }
  return found;
}

function pathOf(leaf) {
  const parts = [];
  for (let at = leaf; at?.nodeType === 1; at = at.parentNode) {
    const same = at.parentNode?.nodeType === 1 ? [...at.parentNode.children].filter((child) => child.localName === at.localName) : [at];
    parts.unshift(same.length > 1 ? `${at.localName}[${same.indexOf(at) + 1}]` : at.localName);
  }
  return `/${parts.join("/")}`;
}

export function instanceId(xml) {
  const page = new DOMParser().parseFromString(xml, "text/xml");
  const found = page.getElementsByTagNameNS(OPENROSA, "instanceID")[0] ?? page.getElementsByTagName("instanceID")[0];
  return found?.textContent.trim() ?? "";
}

export { keeper } from "./keeper.js";

// Labels, hints and notes as elements. The engine has read the Markdown; markup of the form's author that the
// engine did not understand is shown as text, never run.
import { h } from "./element.js";

const KNOWN = new Set(["a", "br", "div", "em", "li", "ol", "p", "span", "strong", "u", "ul"]);

function safe(url) {
  try {
    return ["https:", "http:", "tel:"].includes(new URL(url, location.href).protocol) ? url : null;
  } catch {
    return null;
  }
}

function element(node) {
  if (node.role === "child") return node.value;
  if (node.role === "line-break") return h("br");
  if (node.role === "html") return node.unsafeHtml.replace(/<[^>]*>/g, "");
  const children = node.children.map(element);
  const name = /^h\d$/.test(node.elementName) ? "strong" : node.elementName; // headings are the page's own
  if (name === "a") {
    const href = safe(node.url);
    return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children) : h("span", {}, ...children);
  }
  return h(KNOWN.has(name) ? name : "span", {}, ...children);
}

const LACKING = "-"; // what pyxform writes where a language has no text

/** A text of the form (TextRange) as nodes; none where it is not said in this language. */
export function nodesOf(text) {
  if (!text || text.asString.trim() === LACKING) return [];
  try {
    return text.formatted.map(element);
  } catch {
    return [text.asString];
  }
}

/** Its plain words, for a list, a message or a screen reader. */
export function plain(text) {
  const shown = h("span", {}, ...nodesOf(text));
  return shown.textContent.replace(/\s+/g, " ").trim();
}

// html`<p>${text}</p>`: what is put in is escaped, unless it is html itself. Lists are joined; null is nothing.
class Html {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (value) => String(value).replace(/[&<>"']/g, (mark) => MARKS[mark]);

function put(value) {
  if (value === null || value === undefined || value === false || value === true) return "";
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(put).join("");
  return escaped(value);
}

export function html(parts, ...values) {
  return new Html(parts.reduce((text, part, at) => text + part + (at < values.length ? put(values[at]) : ""), ""));
}

/** Only for texts that are ours, such as an icon of the build. */
export const trusted = (text) => new Html(text);

/** Put html into an element. */
export function fill(element, content) {
  element.innerHTML = put(content);
}

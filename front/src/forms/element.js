// Elements without a template language: h("button", { type: "button", onclick }, "文字").

/** Properties are set as properties, names with a dash or "role" as attributes; null children are left out. */
export function h(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name === "class") made.className = value;
    else if (name === "for") made.htmlFor = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name.includes("-") || name === "role" || name === "list" || name === "capture") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function button(text, onclick, look = "default", more = {}) {
  return h("button", { type: "button", class: `weui-btn weui-btn_${look}`, onclick, ...more }, text);
}

let numbers = 0;

/** An id that stands on this page once. */
export function freshId(kind = "wf") {
  numbers += 1;
  return `${kind}-${numbers}`;
}

/** Set or remove an attribute. */
export function attribute(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

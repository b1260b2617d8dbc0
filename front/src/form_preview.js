// Beside the phone frame: what the form answered, as a table and as it would be sent; switches of the frame.
import "./form_preview.css";

const by = (id) => document.getElementById(id);
const frame = by("phone");
const words = by("preview-words").dataset;

/** The frame's address from the switches. */
function again() {
  const query = new URLSearchParams(new FormData(by("switches")));
  frame.src = `${frame.dataset.address}?${query}`;
  by("answer").hidden = true;
}

function rowsOf(xml, files, waived) {
  const page = new DOMParser().parseFromString(xml, "text/xml");
  const sizes = new Map(files.map(({ name, size }) => [name, size]));
  const labels = new Map([...document.querySelectorAll("[data-path]")].map((row) => [row.dataset.path, row.dataset.label]));
  const rows = [];
  for (const leaf of page.querySelectorAll("*")) {
    if (leaf.children.length) continue;
    const path = [];
    for (let at = leaf; at?.nodeType === 1; at = at.parentNode) path.unshift(at.localName);
    const plain = `/${path.join("/")}`;
    if (!labels.has(plain)) continue;
    const text = leaf.textContent;
    const why = leaf.getAttributeNS("urn:wangge:forms", "cannot");
    const size = sizes.get(text);
    rows.push([labels.get(plain) || path.at(-1), size ? `${text} (${Math.ceil(size / 1024)} KB)` : why ? words[why] ?? words.cannot : text || "—"]);
  }
  return rows;
}

function line(cells) {
  const row = document.createElement("tr");
  row.append(...cells.map((text) => Object.assign(document.createElement("td"), { textContent: text })));
  return row;
}

addEventListener("message", ({ origin, source, data }) => {
  if (origin !== location.origin || source !== frame.contentWindow || data?.what !== "answer") return;
  by("answer-rows").replaceChildren(...rowsOf(data.xml, data.files, data.waived).map(line));
  by("answer-xml").textContent = data.xml.replace(/></g, ">\n<");
  by("answer").hidden = false;
  by("answer-title").focus();
});

by("switches").addEventListener("change", again);
by("anew").addEventListener("click", again);

// Which control draws which question.
import { code } from "./code.js";
import { date } from "./dates.js";
import { photo, signature } from "./files.js";
import { range, rank, trigger, unsupported } from "./others.js";
import { place } from "./place.js";
import { select } from "./select.js";
import { number, text } from "./text.js";

const INPUTS = {
  string: text, int: number, decimal: number, date, time: date, dateTime: date, geopoint: place, barcode: code,
  geotrace: unsupported("line"), geoshape: unsupported("line"), intent: unsupported("other"), boolean: text,
};
const KINDS = { select, range, rank, trigger };

function upload(node) {
  const kind = node.nodeOptions?.media?.type;
  if (kind !== "image") return unsupported(["audio", "video"].includes(kind) ? kind : "file");
  return node.appearances?.signature || node.appearances?.draw ? signature : photo;
}

/** The control for a node of the engine. */
export function controlFor(node) {
  if (node.nodeType === "upload") return upload(node);
  if (node.nodeType !== "input") return KINDS[node.nodeType] ?? unsupported("other");
  if ([...(node.appearances ?? [])].some((name) => /^ex:/.test(name))) return INPUTS.string;
  return INPUTS[node.valueType] ?? unsupported("other");
}

// From the form's XML and what is known already to an instance of the engine.
import { prefillAnswers, prefillModel, walk } from "./answers.js";
import { stateFactory } from "./effects.js";
import { position } from "./stamp.js";

const FILE = "xml_submission_file"; // where the engine looks for an earlier answer

/** A form that cannot be opened; ``key`` names the words, ``values`` fill them. */
export class Unopened extends Error {
  constructor(key, values = {}, cause = undefined) {
    super(key, { cause });
    Object.assign(this, { key, values });
  }
}

const FUNCTION = /function[^A-Za-z]*["'`“]?([\w:-]+)/i;

/** What the engine says in English becomes a reason in words; its own text stays in the browser's log. */
function reason(error) {
  const text = [error?.message, error?.cause?.message, ...(error?.errors ?? []).map((each) => each.message)].join(" ");
  console.warn("forms:", text);
  if (/not (currently )?supported|unsupported|pending|unknown function|is not defined|not implemented/i.test(text)) {
    return new Unopened("load_function", { name: FUNCTION.exec(text)?.[1] ?? "" }, error);
  }
  return new Unopened("load_broken", {}, error);
}

/** Lists and pictures that came with the form; what is missing is noted and taken as empty. */
function fetcher(media, missing) {
  return async (url) => {
    const name = decodeURIComponent(String(url).split("/").at(-1));
    const held = media[name];
    if (held instanceof Blob) return new Response(held, { headers: { "content-type": held.type || "text/csv" } });
    if (typeof held === "string") return fetch(held, { credentials: "same-origin" });
    missing.push(name);
    return new Response("", { status: 404 });
  };
}

const input = ({ xml, files }) => {
  const data = new FormData();
  data.set(FILE, new File([xml], FILE, { type: "text/xml" }));
  for (const { name, blob } of files) data.set(name, new File([blob], name, { type: blob.type }));
  return { data: [data] };
};

/** { root, missing }: the instance's root and the names of lists that did not come along.
 *  Throws Unopened. ``held`` is an earlier answer { xml, files }, else ``prefill`` is set. */
export async function loaded({ form, xform, prefill, held }) {
  const missing = [];
  const options = { fetchFormAttachment: fetcher(form.media, missing), missingResourceBehavior: "BLANK" };
  const { loadForm } = await import("@getodk/xforms-engine"); // most of the weight: only once a form is opened
  const made = await loadForm(held ? xform : prefillModel(xform, prefill), options);
  if (made.status === "failure") throw reason(made.error);
  const config = {
    stateFactory: stateFactory(form.changed),
    instanceAttachments: { fileNameFactory: ({ basename, extension }) => `${basename}${extension ?? ""}` },
    geolocationProvider: { getLocation: () => background(form) },
    preloadProperties: { deviceID: "wangge-web" }, // no identifier of this phone in answers
  };
  try {
    const { root } = held ? await made.restoreInstance(input(held), config) : made.createInstance(config);
    if (!held) prefillAnswers(root, prefill);
    else await filesRead(root);
    return { root, missing };
  } catch (error) {
    throw reason(error);
  }
}

/** The engine reads files of an earlier answer in the background: wait until it has. */
async function filesRead(root) {
  const uploads = [...walk(root)].filter((node) => node.nodeType === "upload");
  for (let rounds = 0; rounds < 50 && uploads.some((node) => node.currentState.attachmentState?.loading); rounds += 1) {
    await new Promise((done) => setTimeout(done, 10));
  }
}

async function background(form) {
  const at = await position(form);
  return at ? `${at.latitude} ${at.longitude} 0 ${at.accuracy ?? 0}` : "";
}

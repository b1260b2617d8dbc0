// Pictures that belong to the form itself. They come with the form (``media``: name → Blob or address).
import { effect, whenDone } from "./effects.js";
import { h } from "./element.js";
import { plain } from "./markdown.js";

const nameOf = (source) => decodeURIComponent(String(source).split("/").at(-1));

/** The address of a file of the form, or null when it did not come along. */
export function addressOf(form, source) {
  const held = form.media[nameOf(source)];
  if (!(held instanceof Blob)) return held ?? null;
  if (!form.addresses.has(held)) form.addresses.set(held, URL.createObjectURL(held));
  return form.addresses.get(held);
}

/** The picture of a label, or words where it is not there; null without one. */
export function pictureOf(form, text) {
  if (!text?.imageSource) return null;
  const src = addressOf(form, text.imageSource);
  if (!src) return h("p", { class: "wf-odd" }, form.say("no_picture", { name: nameOf(text.imageSource) }));
  return h("img", { class: "wf-picture", src, alt: plain(text) });
}

/** Words where a label has a sound or a film: they are not played here. */
export function soundsAt(form, text) {
  return text?.audioSource || text?.videoSource ? h("p", { class: "wf-odd" }, form.say("no_sound")) : null;
}

/** An <img> that shows a file and gives its address back when another one comes. */
export function shownFile(file, alt) {
  const picture = h("img", { class: "wf-photo", alt });
  let address = null;
  const free = () => address && URL.revokeObjectURL(address);
  effect(() => {
    const now = file();
    free();
    address = now ? URL.createObjectURL(now) : null;
    picture.hidden = !address;
    if (address) picture.src = address;
    else picture.removeAttribute("src");
  });
  whenDone(free);
  return picture;
}

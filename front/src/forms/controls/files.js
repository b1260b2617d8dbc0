// Photos and signatures: small files with a name that tells nothing about anybody.
import SignaturePad from "signature_pad";
import { effect, signal } from "../effects.js";
import { button, h } from "../element.js";
import { LONGEST, shrunk } from "../image.js";
import { shownFile } from "../media.js";
import { openSheet } from "../sheet.js";
import { stampOf } from "../stamp.js";

const TOKEN = () => `${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36).padStart(2, "0")}`;

/** A name that stands once in an answer: the question's own and the moment. */
export const fileName = (node, ending) => `${node.currentState.reference.split("/").at(-1).replace(/[^\w-]/g, "")}-${TOKEN()}.${ending}`;

const kilobytes = (file) => Math.max(1, Math.round(file.size / 1024));

export function photo(form, node, asked) {
  const busy = signal(false);
  const { appearances } = node;
  const words = h("p", { class: "wf-hint", role: "status" });

  async function smaller(file) {
    const blob = await shrunk(file, await stampOf(form), Math.min(LONGEST, node.maxPixels ?? LONGEST));
    node.setValue(new File([blob], fileName(node, "jpg"), { type: "image/jpeg" }));
  }
  async function take(input) {
    const [file] = input.files;
    input.value = ""; // the same file may be chosen again
    if (!file || busy.now) return;
    busy.now = true;
    asked.complain(null);
    try {
      await form.working(smaller(file)); // 提交 waits for it
    } catch {
      asked.complain("not_a_photo");
    }
    busy.now = false;
    asked.touch();
  }
  function source(key, capture) {
    const input = h("input", { type: "file", accept: "image/*", capture, class: "visually-hidden" });
    input.addEventListener("change", () => take(input));
    const text = h("span", {});
    effect(() => { text.textContent = form.say(node.currentState.value ? `${key}_again` : key); });
    return h("label", { class: "weui-btn weui-btn_default wf-file" }, input, text);
  }
  const remove = button(form.say("remove_photo"), () => { node.setValue(null); asked.touch(); }, "default", { class: "wf-link" });
  effect(() => {
    const file = node.currentState.value;
    words.textContent = busy.now ? form.say("photo_working") : file ? form.say("photo_size", { n: kilobytes(file) }) : "";
    remove.hidden = !file;
  });
  const onlyNew = appearances?.new || appearances?.["new-front"];
  const front = appearances?.["new-front"] || appearances?.front;
  return {
    body: [
      shownFile(() => node.currentState.value, form.say("photo_alt")), words,
      h("div", { class: "wf-buttons" }, source("take_photo", front ? "user" : "environment"), onlyNew ? null : source("pick_photo", null)), remove,
    ],
  };
}

export function signature(form, node, asked) {
  const open = button("", sign, "default", { "aria-haspopup": "dialog" });
  const remove = button(form.say("clear"), () => { node.setValue(null); asked.touch(); open.focus(); }, "default", { class: "wf-link" });
  effect(() => {
    const there = Boolean(node.currentState.value);
    open.textContent = form.say(there ? "sign_again" : "sign");
    remove.hidden = !there;
  });

  async function sign() {
    const blob = await openSheet(form, asked.label(), (sheet) => pad(form, sheet));
    if (blob) node.setValue(new File([blob], fileName(node, "png"), { type: "image/png" }));
    asked.touch();
  }
  return { body: [shownFile(() => node.currentState.value, form.say("signature_alt")), open, remove] };
}

/** White paper in a sheet; it becomes a PNG of what the screen shows. */
function pad(form, sheet) {
  const canvas = h("canvas", { class: "wf-pad", role: "img", "aria-label": form.say("sign_here") });
  const hint = h("p", { class: "wf-hint", role: "status" }, form.say("sign_here"));
  let pen = null;
  sheet.shown = () => {
    canvas.width = canvas.offsetWidth * 2;
    canvas.height = canvas.offsetHeight * 2;
    canvas.getContext("2d").scale(2, 2);
    pen = new SignaturePad(canvas, { backgroundColor: "#fff", penColor: "#000", minWidth: 1, maxWidth: 3 });
    pen.clear();
  };
  const use = () => {
    if (!pen || pen.isEmpty()) hint.textContent = form.say("sign_empty");
    else canvas.toBlob((blob) => sheet.close(blob), "image/png");
  };
  return [hint, canvas, h("div", { class: "wf-sheet-foot" }, button(form.say("sign_use"), use, "primary"), button(form.say("sign_anew"), () => pen?.clear(), "default"))];
}

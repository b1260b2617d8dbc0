// A sheet over the form: a title, what it holds, buttons. Escape and the close button end it; focus goes back.
import { button, freshId, h } from "./element.js";

/** ``fill(sheet)`` returns the sheet's content and may set sheet.shown, called once its size is known;
 *  sheet.close(result) ends it. Returns a promise of the result. */
export function openSheet(form, title, fill) {
  const heading = freshId("sheet");
  const box = h("dialog", { class: "wf-sheet", "aria-labelledby": heading });
  const before = document.activeElement;
  let result = null;
  const sheet = {
    box,
    close(value = null) {
      result = value;
      box.close();
    },
  };
  box.append(
    h("header", { class: "wf-sheet-top" }, h("h2", { id: heading, tabIndex: -1 }, title), button(form.say("close"), () => sheet.close(), "default", { class: "wf-link" })),
    ...[fill(sheet)].flat(),
  );
  form.element.append(box);
  box.showModal();
  sheet.shown?.();
  (box.querySelector("[data-first]") ?? box.querySelector("h2")).focus();
  return new Promise((done) => {
    box.addEventListener("close", () => {
      box.remove();
      if (before?.isConnected) before.focus();
      done(result);
    }, { once: true });
  });
}

/** Ask before something is lost: true when the answer is yes. */
export async function confirmed(form, title, text, yes) {
  return Boolean(await openSheet(form, title, (sheet) => [
    h("p", {}, text),
    h("div", { class: "wf-sheet-foot" }, button(yes, () => sheet.close(true), "warn"), button(form.say("keep"), () => sheet.close(), "default")),
  ]));
}

// The foot of a form, always in reach of the thumb: how much is left, whether the draft is kept, 提交.
import { progressOf } from "./checking.js";
import { effect } from "./effects.js";
import { button, h } from "./element.js";
import { clock } from "./texts.js";

export function bar(form, submit) {
  const { say } = form;
  const left = h("p", { class: "wf-left" });
  const kept = h("p", { class: "wf-kept" });
  const send = button("", submit, "primary");
  const foot = h("div", { class: "wf-bar" }, h("div", {}, left, kept), send);
  effect(() => {
    const { missing, wrong } = progressOf(form);
    const words = [missing ? say("left", { n: missing }) : say("nothing_left"), wrong ? say("to_mend", { n: wrong }) : null];
    left.textContent = words.filter(Boolean).join(" · ");
  });
  effect(() => {
    const { state, at } = form.draft.now;
    // While the next draft is being saved the time of the last one stays: no flicker at every letter.
    kept.textContent = state === "failed" ? say("draft_failed") : at ? say("draft_saved", { at: clock(new Date(at)).slice(11) }) : "";
    kept.classList.toggle("wf-bad", state === "failed");
    foot.dataset.draft = state;
  });
  effect(() => {
    send.textContent = say(form.sending.now ? "sending" : form.sent.now ? "sent" : "submit");
    send.disabled = form.sending.now || form.sent.now;
  });
  return foot;
}

// From 提交 to the receipt: checked, handed over, and only then forgotten here.
import { errorsOf, leadTo } from "./checking.js";
import { h } from "./element.js";
import { filesOf, instanceId, marked } from "./keeping.js";
import { waivedByPath } from "./waived.js";

/** { element, submit }: the place where a refusal is said, and the act. */
export function sender(form, onSubmit) {
  const element = h("div", { class: "wf-note wf-bad", role: "alert", hidden: true, tabIndex: -1 });

  function refuse(text) {
    element.textContent = text;
    element.hidden = !text;
    if (text) element.focus();
  }

  async function submit() {
    if (form.sending.now || form.sent.now) return;
    refuse("");
    await Promise.allSettled([...form.work]); // a photo on its way
    const errors = errorsOf(form);
    if (errors.length) {
      leadTo(form, errors);
      return;
    }
    form.sending.now = true;
    try {
      await form.keep?.now();
      await onSubmit(await answerOf(form));
      form.sent.now = true;
    } catch (error) {
      refuse(form.say("not_sent", { why: error?.message || String(error ?? "") }));
    }
    form.sending.now = false;
    if (form.sent.now) await form.keep?.remove().catch(() => {});
  }
  return { element, submit };
}

async function answerOf(form) {
  await form.root.prepareInstancePayload({ payloadType: "monolithic" }); // sets the times the form ends by
  const waived = waivedByPath(form);
  const xml = marked(form.root.instanceState.instanceXML, waived);
  return { instanceID: instanceId(xml), xml, files: filesOf(form.root, form.brought), waived };
}

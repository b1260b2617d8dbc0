// Barcodes and QR codes: by the camera where the browser can, else typed.
import { button, h } from "../element.js";
import { openSheet } from "../sheet.js";
import { text } from "./text.js";

const able = () => "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);

export function code(form, node, asked) {
  const { body: input } = text(form, node, asked);
  const words = h("p", { class: "wf-hint", role: "status" }, able() ? "" : form.say("scan_by_hand"));
  async function scan() {
    const read = await openSheet(form, asked.label(), (sheet) => camera(form, sheet));
    if (read?.failed) words.textContent = form.say("scan_no_camera");
    if (!read?.text) return;
    node.setValue(read.text);
    input.value = read.text;
    form.announce(form.say("scan_read", { code: read.text }));
    asked.touch();
  }
  const start = able() ? button(form.say("scan"), scan, "default", { "aria-haspopup": "dialog" }) : null;
  return { body: [input, start, words].filter(Boolean), input };
}

function camera(form, sheet) {
  const view = h("video", { class: "wf-camera", playsInline: true, muted: true });
  let stream = null;
  let over = false;
  sheet.box.addEventListener("close", () => {
    over = true;
    stream?.getTracks().forEach((track) => track.stop());
  });
  (async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (over) return stream.getTracks().forEach((track) => track.stop());
      view.srcObject = stream;
      await view.play();
      const detector = new BarcodeDetector();
      while (!over) {
        const found = await detector.detect(view).catch(() => []);
        if (found.length) return sheet.close({ text: found[0].rawValue });
        await new Promise((done) => setTimeout(done, 200));
      }
    } catch {
      sheet.close({ failed: true });
    }
  })();
  return [h("p", { class: "wf-hint" }, form.say("scan_hint")), view];
}

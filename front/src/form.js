// A page of the server that shows one form: <div data-form> with the XForm in #xform. In a frame it tells the page
// around it what happens; nothing is sent from here.
import "./form.css";
import { openForm } from "./forms/open.js";

window.wanggeForms = { openForm }; // for scripts of pages that Vite does not build

const held = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

async function start(mount) {
  const { key, title } = mount.dataset;
  const tell = (what) => parent !== window && parent.postMessage({ form: key, ...what }, location.origin);
  const handle = await openForm({
    mount, title, key, xform: held("xform"), prefill: held("prefill") ?? {}, watermark: held("watermark"),
    onSubmit: async ({ xml, files, instanceID, waived }) => {
      tell({ what: "answer", xml, instanceID, waived, files: files.map(({ name, blob }) => ({ name, size: blob.size, blob })) });
    },
  });
  tell({ what: handle.failed ? "failed" : "open", languages: handle.languages });
  document.documentElement.dataset.form = handle.failed ? "failed" : "open";
}

const mount = document.querySelector("[data-form]");
if (mount) start(mount);

// Photos of a report: made small in the browser, shown, taken out again; they go as files of the form.
import { shrunk } from "./forms/image.js";

/** Watches the form's file field; ``refused(words)`` hears of what cannot be taken. */
export function photoPicker(form, refused) {
  const field = form.elements.photo;
  const box = form.querySelector("[data-photos]");
  const most = Number(form.dataset.most);
  let kept = []; // small pictures

  field.addEventListener("change", async () => {
    const files = [...field.files];
    field.value = "";
    for (const file of files) await add(file);
  });

  async function add(file) {
    if (kept.length >= most) return refused(form.dataset.saysTooMany);
    const small = await shrunk(file, []).catch(() => null);
    if (!small) return refused(form.dataset.saysNoPhoto);
    kept.push(small);
    draw();
  }

  function draw() {
    box.replaceChildren(...kept.map((blob, at) => {
      const each = document.createElement("div");
      const picture = Object.assign(new Image(), { src: URL.createObjectURL(blob), alt: "" });
      picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×", title: form.dataset.saysDrop });
      button.setAttribute("aria-label", `${form.dataset.saysDrop} ${at + 1}`);
      button.addEventListener("click", () => {
        kept = kept.filter((one) => one !== blob);
        draw();
      });
      each.append(picture, button);
      return each;
    }));
  }

  return {
    kept: () => kept,
    keep(pictures) {
      kept = [...pictures];
      if (kept.length) document.querySelector("[data-photos-again]")?.remove();
      draw();
    },
    body() {
      const data = new FormData(form);
      data.delete("photo");
      kept.forEach((blob, at) => data.append("photo", blob, `${at + 1}.jpg`));
      return data;
    },
  };
}

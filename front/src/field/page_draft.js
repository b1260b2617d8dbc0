// What is typed into a page and not yet saved survives a closed app; sealed like everything else.
import { drafts } from "./store/drafts.js";

const QUIET = 300; // milliseconds after the last change
const KEPT = 7 * 24 * 3600 * 1000;

export function draftOf(name) {
  const key = `page:${name}`;
  let [timer, read, over] = [0, null, false];
  const now = () => {
    clearTimeout(timer);
    timer = 0;
    return read && !over ? drafts.save(key, { ...read(), at: Date.now() }).catch(() => {}) : null; // a full phone is answered when it is saved
  };
  const hidden = () => document.visibilityState === "hidden" && timer && now();
  document.addEventListener("visibilitychange", hidden);
  return {
    async load() {
      const held = await drafts.load(key).catch(() => null);
      return held && Date.now() - held.at < KEPT ? held : null;
    },
    watch(reader) { read = reader; },
    changed() {
      clearTimeout(timer);
      timer = setTimeout(now, QUIET);
    },
    async remove() {
      over = true;
      clearTimeout(timer);
      await drafts.remove(key);
    },
    leave() {
      if (timer) now();
      over = true;
      document.removeEventListener("visibilitychange", hidden);
    },
  };
}

// Drafts on this phone, in IndexedDB, photos included. They are not encrypted: who keeps people's data
// passes drafts of its own with the same three functions to openForm.
import { openDB } from "idb";

const NAME = "wangge-forms";
const SHELF = "drafts";

function opened() {
  return openDB(NAME, 1, { upgrade: (base) => base.createObjectStore(SHELF) });
}

async function on(work) {
  const base = await opened();
  try {
    return await work(base);
  } finally {
    base.close();
  }
}

/** A draft is { xml, files: [{ name, blob }], waived: { path: why }, at: milliseconds }. */
export const drafts = {
  load: (key) => on((base) => base.get(SHELF, key)),
  save: (key, draft) => on((base) => base.put(SHELF, draft, key)),
  remove: (key) => on((base) => base.delete(SHELF, key)),
};

// The draft follows the answers.
const PAUSE = 300;

const sameness = ({ xml, waived, files }) => JSON.stringify([xml, waived, files.map((file) => file.name)]);

/** Saves a draft 300 ms after the last change, one saving after the other; ``said(state)`` hears how it went. */
export function keeper(drafts, key, snapshot, said) {
  let timer = 0;
  let last = Promise.resolve();
  let held = "";
  let closed = false;

  function now() {
    clearTimeout(timer);
    if (closed) return last;
    last = last.then(async () => {
      const draft = snapshot();
      const mark = sameness(draft);
      if (closed) return;
      if (mark === held) {
        said("settled");
        return;
      }
      try {
        await drafts.save(key, draft);
        held = mark;
        said("saved", draft.at);
      } catch {
        said("failed");
      }
    });
    return last;
  }
  return {
    changed() {
      clearTimeout(timer);
      if (closed) return;
      said("waiting");
      timer = setTimeout(now, PAUSE);
    },
    now,
    /** What stands there before anybody has answered is no draft. */
    begins: (draft) => { held = sameness(draft); },
    async remove() {
      closed = true;
      clearTimeout(timer);
      await last;
      await drafts.remove(key);
    },
    async close() {
      await now();
      closed = true;
    },
  };
}

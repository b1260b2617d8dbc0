// What is read while an effect runs makes it run again when it changes. The engine of the forms writes its
// state into the objects made here (its "state factory"), the page reads it.

let running = null;
let collecting = null;
let order = 0;
const waiting = new Set();

/** A factory for the engine; ``changed()`` hears every change of an answer. */
export function stateFactory(changed) {
  return (object) => {
    const readers = new Map();
    return new Proxy(object, {
      get(target, key) {
        if (running) note(readers, key);
        return target[key];
      },
      set(target, key, value) {
        if (Object.is(target[key], value)) return true;
        target[key] = value;
        for (const effect of readers.get(key) ?? []) wake(effect);
        if (key === "value" || key === "children") changed();
        return true;
      },
    });
  };
}

function note(readers, key) {
  if (!readers.has(key)) readers.set(key, new Set());
  const set = readers.get(key);
  set.add(running);
  running.sources.add(set);
}

function wake(effect) {
  if (!waiting.size) queueMicrotask(flush);
  waiting.add(effect);
}

/** Run what waits now, parents before what they made. */
export function flush() {
  for (let rounds = 0; waiting.size && rounds < 100; rounds += 1) {
    const now = [...waiting].sort((one, other) => one.order - other.order);
    waiting.clear();
    for (const effect of now) if (!effect.stopped) run(effect);
  }
}

function run(effect) {
  for (const set of effect.sources) set.delete(effect);
  effect.sources.clear();
  const before = [running, collecting];
  [running, collecting] = [effect, null]; // what an effect makes, it keeps in a scope of its own
  try {
    effect.work();
  } finally {
    [running, collecting] = before;
  }
}

/** Run ``work`` now and after each change of what it read. */
export function effect(work) {
  order += 1;
  const made = { work, order, sources: new Set(), stopped: false };
  collecting?.push(() => stop(made));
  run(made);
  return () => stop(made);
}

function stop(effect) {
  effect.stopped = true;
  for (const set of effect.sources) set.delete(effect);
  effect.sources.clear();
}

/** What is left to do when the scope ends: an object URL to give back, a camera to switch off. */
export function whenDone(work) {
  collecting?.push(work);
}

/** Collect the effects that ``work`` makes; returns what it returned and a function that ends them. */
export function scope(work) {
  const mine = [];
  const before = [running, collecting];
  [running, collecting] = [null, mine];
  try {
    return [work(), () => mine.splice(0).reverse().forEach((each) => each())];
  } finally {
    [running, collecting] = before;
  }
}

/** Read without being run again for it. */
export function unread(work) {
  const before = running;
  running = null;
  try {
    return work();
  } finally {
    running = before;
  }
}

/** A value of our own that effects may read. */
export function signal(value) {
  return stateFactory(() => {})({ now: value });
}

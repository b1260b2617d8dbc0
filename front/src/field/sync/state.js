// What the header says: signal, what waits, what is going on. Pages hear of changes.
const hearers = new Set();

export const state = {
  online: navigator.onLine, working: false, phase: "", signedOut: false, noRight: false, skew: 0, contact: 0,
  days: 7, trouble: "", partial: false, wipe: false, cut: 0, sending: new Set(),
};

export function tell(values) {
  Object.assign(state, values);
  for (const hear of hearers) hear(state);
}

export function onState(hear) {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

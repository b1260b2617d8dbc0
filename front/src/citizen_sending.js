// Sending until the server's receipt is there: the same report number each time, so it arrives exactly once.
const LONGEST = 20_000;
const LONGEST_FILES = 120_000;
const WAITS = [2_000, 4_000, 8_000, 15_000, 30_000];

/** Send the form; ``said(state)`` hears "sending", "not-yet", "arrived". ``answered(response)`` gets whatever
 *  else the server says. ``files()`` is the body of a form with files. Returns a function that tries at once. */
export function send(form, said, answered, files = null) {
  let waiting = 0;
  let tries = 0;
  let busy = false;
  const body = files?.(); // the same bytes each time

  async function attempt() {
    if (busy) return;
    busy = true;
    clearTimeout(waiting);
    said("sending");
    const response = await ask(form, body);
    busy = false;
    if (!response || response.status >= 500) return later();
    removeEventListener("online", attempt);
    if (response.status !== 201) return answered(response);
    said("arrived");
    location.assign((await response.json()).receipt);
  }

  function later() {
    said("not-yet");
    waiting = setTimeout(attempt, WAITS[Math.min(tries, WAITS.length - 1)]);
    tries += 1;
  }

  addEventListener("online", attempt);
  attempt();
  return attempt;
}

async function ask(form, files) {
  const body = files ?? new URLSearchParams(new FormData(form));
  body.set("do", "send");
  try {
    return await fetch(form.action.split("#")[0], {
      method: "POST", body, headers: { "X-Wangge-Live": "1" }, signal: AbortSignal.timeout?.(files ? LONGEST_FILES : LONGEST),
    });
  } catch {
    return null; // no network, or no answer in time
  }
}

// Talking to the server: JSON with the session's cookie, and what became of it.
const page = document.body.dataset;
const PATIENCE = 30_000;

export const addresses = page;

function token() {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

/** No answer, or one that says "later": try again. */
export class NotNow extends Error {
  constructor(why, after = 0) {
    super(why);
    this.after = after; // seconds the server asked for
  }
}
export class SignedOut extends Error {}
/** The server will not have it; ``data`` says what it answered. */
export class Refused extends Error {
  constructor(status, data) {
    super(data?.words || data?.reason || String(status));
    this.status = status;
    this.data = data ?? {};
  }
}

async function ask(address, options) {
  try {
    return await fetch(address, {
      credentials: "same-origin", redirect: "manual", cache: "no-store",
      signal: AbortSignal.timeout?.(options.patience ?? PATIENCE), ...options,
    });
  } catch (error) {
    throw new NotNow(error?.name === "TimeoutError" ? "slow" : "offline");
  }
}

async function read(response) {
  if (response.type === "opaqueredirect" || response.status === 401) throw new SignedOut();
  if (response.status >= 500 || response.status === 429 || response.status === 408) {
    throw new NotNow(`status ${response.status}`, Number(response.headers.get("Retry-After")) || 0);
  }
  const isJson = response.headers.get("Content-Type")?.includes("json");
  let data = null;
  try {
    data = isJson ? await response.json() : await response.text();
  } catch {
    throw new NotNow("cut off"); // the answer broke off in the middle
  }
  if (!response.ok) throw new Refused(response.status, isJson ? data : null);
  return data;
}

/** ``path`` under /field/api/. */
export const get = async (path, options = {}) => read(await ask(page.api + path, options));

export async function post(path, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  return read(await ask(page.api + path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function put(path, bytes) {
  const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": token() };
  return read(await ask(page.api + path, { method: "PUT", headers, body: bytes, patience: 60_000 }));
}

/** A plain form to one of the addresses of the page, such as signing out. */
export async function send(address, values) {
  return ask(address, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(values) });
}

const FRESH = 5_000;
let early = null;
let today = null;
/** Asked as soon as the script runs, while the phone opens its own data. */
export function askEarly() {
  early = { answer: ask(page.me, {}), at: Date.now() };
  early.answer.catch(() => {}); // told to whoever waits for it
}

/** Today's list, for a phone that holds nothing yet; asked at the same time as who is signed in. */
export function askAhead() {
  today = ask(`${page.api}ahead/`, {});
  today.catch(() => {});
}

export const ahead = async () => read(await (today ?? ask(`${page.api}ahead/`, {})));

export async function whoami() {
  const answer = early && Date.now() - early.at < FRESH ? early.answer : ask(page.me, {});
  early = null; // somebody else may sign in meanwhile
  return read(await answer);
}

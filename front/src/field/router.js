// Which page stands: "#/room/12?from=3" → the page "room" with ["12"] and { from: "3" }.
const pages = new Map();
let running = 0;
let shown = null;
let show = null;
let asked = "";
const depth = { at: 0 };

export function define(table) {
  for (const [name, module] of Object.entries(table)) pages.set(name, module);
}

export const current = () => shown;
export const go = (hash) => { location.hash = hash; };
/** Replace: the page that was left is not one to come back to. */
export const instead = (hash) => { history.replaceState(null, "", hash); return turn(); };
/** Back to where one came from, or to ``otherwise`` when the app began here. */
export const back = (otherwise = "#/") => (depth.at > 0 ? history.back() : instead(otherwise));

function wanted() {
  const [path, query = ""] = location.hash.slice(1).split("?");
  const [name = "", ...rest] = path.split("/").filter(Boolean);
  return { name: pages.has(name) ? name : "", rest: rest.map(decodeURIComponent), query: Object.fromEntries(new URLSearchParams(query)) };
}

/** Begin to follow the address; ``draw(page, isNew)`` puts a page on the screen. */
export function follow(draw) {
  show = draw;
  addEventListener("hashchange", () => { depth.at += 1; turn(); });
  return turn();
}

/** Show what the address says, from the beginning. */
export async function turn() {
  const mine = (running += 1);
  asked = location.hash;
  shown?.leave?.();
  const { name, rest, query } = wanted();
  const module = pages.get(name);
  const page = await module.page(...rest, query);
  if (mine !== running) return; // somebody has gone on meanwhile
  shown = { name, ...page, module, rest, query };
  show(shown, true);
}

/** The same page with what is known now; only pages that say they are ``live``. */
export async function again(even = false) {
  if (!shown || (!shown.live && !even) || asked !== location.hash) return;
  const mine = (running += 1);
  const before = shown;
  const page = await before.module.page(...before.rest, before.query);
  if (mine !== running) return;
  shown = { ...before, ...page };
  show(shown, false);
}

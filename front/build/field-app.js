// What the field app's build needs beyond Vite: the list of files the service worker keeps, and the list of texts.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ENTRY = "src/field.js";
const TEXT = /\bt\(\s*("(?:[^"\\]|\\.)*")/g;

function* scripts(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* scripts(path);
    else if (entry.name.endsWith(".js")) yield path;
  }
}

function texts(folder) {
  const found = new Set();
  for (const path of scripts(folder)) for (const [, text] of readFileSync(path, "utf8").matchAll(TEXT)) found.add(JSON.parse(text));
  return [...found].sort();
}

/** The app's own pages are small: kept from the start. What others bring (the forms engine) comes later.
 *  File names of a chunk, of what it imports, and of their style sheets; ``later`` collects what it loads on use. */
function reach(bundle, name, seen, later) {
  const chunk = bundle[name];
  if (!chunk || seen.has(name)) return;
  seen.add(name);
  for (const sheet of chunk.viteMetadata?.importedCss ?? []) seen.add(sheet);
  for (const asset of chunk.viteMetadata?.importedAssets ?? []) seen.add(asset);
  for (const other of chunk.imports ?? []) reach(bundle, other, seen, later);
  for (const other of chunk.dynamicImports ?? []) later.add(other);
}

export function fieldApp(root) {
  return {
    name: "field-app",
    enforce: "post",
    generateBundle(_options, bundle) {
      const entry = Object.values(bundle).find((each) => each.isEntry && each.facadeModuleId?.endsWith(ENTRY));
      const [first, later] = [new Set(), new Set()];
      if (entry) reach(bundle, entry.fileName, first, later);
      for (const name of [...later].filter((each) => bundle[each]?.facadeModuleId?.includes("/src/field/"))) reach(bundle, name, first, later);
      const rest = new Set(first);
      for (const name of later) reach(bundle, name, rest, later);
      const worker = Object.values(bundle).find((each) => each.fileName === "sw.js");
      if (worker) {
        worker.code = worker.code
          .replace("__FIRST__", [...first].join(","))
          .replace("__LATER__", [...rest].filter((name) => !first.has(name)).join(","));
      }
      this.emitFile({ type: "asset", fileName: "field-words.json", source: JSON.stringify(texts(join(root, "src/field"))) });
    },
  };
}

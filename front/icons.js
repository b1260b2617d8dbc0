// Writes the icons that templates and menus name into one sprite, dist/icons.svg.
import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const outline = join(here, "node_modules/@tabler/icons/icons/outline");
const patterns = [/\{%\s*icon\s+["']([a-z0-9-]+)["']/g, /\bicon\s*[=:]\s*["']([a-z0-9-]+)["']/g, /MenuItem\(\s*"[^"]+",\s*"([a-z0-9-]+)"/g];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(html|py|js)$/.test(entry.name)) yield path;
  }
}

const names = new Set();
for (const folder of [join(here, "../wangge"), join(here, "src")]) {
  for (const path of sources(folder)) {
    const text = readFileSync(path, "utf8");
    for (const pattern of patterns) for (const [, name] of text.matchAll(pattern)) names.add(name);
  }
}

const symbols = [];
for (const name of [...names].sort()) {
  const file = join(outline, `${name}.svg`);
  if (!existsSync(file)) {
    console.warn(`icons: @tabler/icons has no icon named "${name}"`);
    continue;
  }
  const inner = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ").trim();
  symbols.push(`<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`);
}
writeFileSync(join(here, "dist/icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
console.log(`icons: ${symbols.length} in dist/icons.svg`);

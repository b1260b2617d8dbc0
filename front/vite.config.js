import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: "public",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    chunkSizeWarningLimit: 1500, // maplibre-gl is large and loaded only by map pages
    assetsInlineLimit: 0, // the content policy allows no data: style sheets or scripts
    rolldownOptions: { input: "src/main.js", checks: { eval: false } }, // htmx holds an eval it never reaches (allowEval=false)
  },
});

import { defineConfig } from "vite";
import { appIcons } from "./build/app-icons.js";
import { fieldApp } from "./build/field-app.js";

export default defineConfig({
  base: "./",
  publicDir: "public",
  plugins: [appIcons(), fieldApp(import.meta.dirname)],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    chunkSizeWarningLimit: 1500, // maplibre-gl is large and loaded only by map pages
    assetsInlineLimit: 0, // the content policy allows no data: style sheets or scripts
    rolldownOptions: {
      // The console, the residents' pages that share nothing with it, forms with the page that previews them, the
      // grid workers' app and its service worker.
      input: ["src/main.js", "src/citizen.js", "src/citizen_declare.js", "src/citizen_report.js", "src/form.js", "src/form_preview.js", "src/field.js", "src/sw.js"],
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
      checks: { eval: false }, // htmx holds an eval it never reaches (allowEval=false)
    },
  },
});

// Everything the console runs in the browser. Without this file every page still works by plain forms.
import "@tabler/core/dist/css/tabler.min.css";
import "./theme.css";
import "./print.css";
import "@tabler/core/dist/js/tabler.esm.min.js";
import htmx from "htmx.org/dist/htmx.esm.js";
import "./confirm.js";
import "./keyboard.js";
import "./toasts.js";
import "./upload.js";
import "./map.js";
import "./case_map.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
document.documentElement.classList.add("ready");

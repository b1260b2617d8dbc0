// The grid workers' app: its own entry, loaded by /field/ only.
import "./field/field.css";
import { start } from "./field/start.js";

start();

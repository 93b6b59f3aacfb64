// A page that Dash makes, in the frame of the site: its menus, search and evidence; links and Back are Dash's own.
import "./copying.js";
import "./folds.js";
import "./header.js";
import "./menus.js";
import { showPoint } from "./points.js";
import "./scheme.js";
import "./search.js";
import { readPoint } from "./state.js";

window.addEventListener("popstate", () => showPoint(readPoint()));
showPoint(readPoint());

// What every page needs; the page Check brings what it needs itself.
import "./copying.js";
import { find } from "./elements.js";
import "./folds.js";
import "./header.js";
import "./linked.js";
import "./menus.js";
import "./scheme.js";
import "./search.js";
import { landFirst } from "./travel.js";
import "./zoom.js";

document.addEventListener("footnoted:landed", () => find("#check-form") && import("./check.js"));
document.addEventListener("footnoted:landed", () => find(".plot-stage") && import("./plots.js"));

landFirst();

// One chart alone in a frame of another page, which is told how high it is whenever that changes.
import "./copying.js";
import { find } from "./elements.js";
import "./folds.js";
import "./linked.js";
import { showPoint } from "./points.js";
import { drawStages } from "./stages.js";
import { readPoint } from "./state.js";
import "./zoom.js";

let said = 0;
const tell = () => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  // Any site may hold the frame, and its height is no secret.
  if (height !== said) window.parent.postMessage({ footnotedHeight: height }, "*");
  said = height;
};
if (window.parent !== window) new ResizeObserver(tell).observe(document.body);

const show = () => {
  if (find("#drawer")) showPoint(readPoint());
  drawStages();
};
window.addEventListener("popstate", show);
show();
if (find(".plot-stage")) import("./plots.js");

// A report opened from disk: what lies packed in the file is unpacked when it is asked for, and nothing is fetched.
import { find, findAll, findAround } from "../assets/elements.js";
import { refreshFolds } from "../assets/folds.js";
import "../assets/linked.js";
import { plots } from "../assets/plots.js";
import { evidence, showPoint } from "../assets/points.js";
import { readScheme } from "../assets/scheme.js";
import { drawStages } from "../assets/stages.js";
import { here, readPoint } from "../assets/state.js";

const NARROW = window.matchMedia("(max-width: 639px)");
/** @type {Promise<Map<string, string>> | null} */
let unpacking = null;
let areNarrowPlaced = false;
/**
 * The address that the reader would stand at, where a browser keeps that of a file as it is.
 * @type {string | null}
 */
let kept = null;

/** @param {"pushState" | "replaceState"} name */
const guard = (name) => {
  const change = history[name].bind(history);
  history[name] = (state, unused, address) => {
    try {
      change(state, unused, address);
      kept = null;
    } catch {
      kept = String(address);
    }
  };
};
guard("pushState");
guard("replaceState");
here.readHref = () => kept ?? location.href;

/** @param {string} id @returns {Promise<Map<string, string>>} */
const unpack = async (id) => {
  const packed = Uint8Array.from(atob(find(`#${id}`).textContent), (sign) => sign.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Map(Object.entries(await new Response(plain).json()));
};

/** @type {ReturnType<typeof unpack> | null} */
let unpackingPlots = null;
const unpackPlots = () => (unpackingPlots ??= unpack("packed-plots"));

// The policy of the file allows this script by its hash.
plots.loadPlotly = async () => {
  const script = document.createElement("script");
  script.textContent = (await unpackPlots()).get("plotly.min.js");
  document.head.append(script);
  return /** @type {any} */ (window).Plotly;
};
plots.fetchFigure = async (stage) => {
  const key = `${stage.dataset.chart} ${readScheme()} ${NARROW.matches ? "narrow" : "wide"}`;
  return JSON.parse((await unpackPlots()).get(key));
};

/**
 * What stands in the drawer for a row that is not in the file, or cannot be unpacked.
 * @param {string} id
 * @param {"absent" | "packed"} reason
 */
const sayMissing = (id, reason) => {
  const notice = /** @type {HTMLTemplateElement} */ (find(`#notice-${reason}`)).content.cloneNode(true);
  const [article] = /** @type {DocumentFragment} */ (notice).children;
  const row = find(".asked-row", article);
  if (row) row.textContent = id;
  /** @type {HTMLAnchorElement | null} */
  const link = find(".asked-link", article);
  if (link) link.search = `${link.search}&${new URLSearchParams({ point: id })}`;
  article.setAttribute("data-missing", id);
  return article.outerHTML;
};

evidence.fetch = async (id) => {
  unpacking ??= unpack("packed-evidence");
  try {
    return (await unpacking).get(id) ?? sayMissing(id, "absent");
  } catch {
    return sayMissing(id, "packed");
  }
};

// A stage of its own beside the wide one, which print always takes.
const placeNarrow = async () => {
  if (!NARROW.matches || areNarrowPlaced) return;
  areNarrowPlaced = true;
  let pictures;
  try {
    pictures = await unpack("packed-pictures");
  } catch {
    return;
  }
  findAll(".stage").forEach((stage) => {
    const picture = pictures.get(stage.dataset.chart);
    if (!picture) return;
    const narrow = /** @type {HTMLElement} */ (stage.cloneNode(false));
    narrow.innerHTML = picture;
    narrow.classList.add("stage-narrow");
    stage.classList.add("stage-wide");
    stage.after(narrow);
  });
  drawStages();
};

// The tables below the charts, which also say in what order the keys walk through the marks.
const placeTables = async () => {
  const folds = findAll("details.folded");
  try {
    const tables = await unpack("packed-tables");
    folds.forEach((fold) => (fold.dataset.table = tables.get(fold.dataset.tableOf)));
  } catch {
    const notice = /** @type {HTMLTemplateElement} */ (find("#notice-tables"));
    folds.forEach((fold) => fold.replaceChildren(notice.content.cloneNode(true)));
    return;
  }
  drawStages();
  refreshFolds();
};

NARROW.addEventListener("change", placeNarrow);
document.addEventListener("click", (event) => findAround(event, "[data-print]") && window.print());
// There is no page to be built anew when the address changes.
window.addEventListener("popstate", () => showPoint(readPoint()));

placeTables();
placeNarrow();
drawStages();
showPoint(readPoint());

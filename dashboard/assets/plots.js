// Figures that the server does not draw: by plotly.js, which comes when the first of them comes near the reader.
import { find, findAll, make } from "./elements.js";
import { openPoint } from "./points.js";
import { SCHEME_CHANGES, readScheme } from "./scheme.js";
import { isNarrow, putStates } from "./state.js";

/** @typedef {{ data: object[], layout: Record<string, any> }} Figure */
/** @typedef {{ customdata?: unknown, bbox?: { x0: number, x1: number, y0: number, y1: number } }} Met */
/** @typedef {{ points: Met[], event?: MouseEvent }} Clicked */

// Kinds of traces whose parts hold others.
const NESTED = ["treemap", "sunburst", "icicle"];
// In pixels: a figure is there before the reader is.
const NEAR = "600px";
const SETTLE = 120;
const UNDRAWN = "This chart cannot be drawn here; the table below has its figures.";
const CONFIG = { displayModeBar: false, showSendToCloud: false, displaylogo: false };
// A saved picture: in pixels, what its words need above and below; dots a pixel.
const ABOVE = 76;
const BELOW = 64;
const DOTS = 2;

/** @type {Promise<any> | null} */
let loading = null;
/** @type {Set<HTMLElement>} */
const drawn = new Set();

/** @param {HTMLScriptElement} script @returns {Promise<any>} */
const runScript = (script) =>
  new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve(/** @type {any} */ (window).Plotly));
    script.addEventListener("error", () => reject(new Error("plotly.js did not come")));
    document.head.append(script);
  });

// Where plotly.js and its figures come from: the server, and in a report what lies packed in it.
export const plots = {
  /** @param {HTMLElement} stage */
  loadPlotly: (stage) => runScript(make("script", { src: stage.dataset.script })),
  /** @param {HTMLElement} stage @returns {Promise<Figure>} */
  fetchFigure: async (stage) => {
    const address = putStates(new URL(stage.dataset.plotOf, location.href), { scheme: readScheme(), narrow: isNarrow() ? "1" : null });
    const answer = await fetch(address.pathname + address.search);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  },
};

/** @param {HTMLElement} stage */
const load = (stage) => {
  loading ??= plots.loadPlotly(stage);
  loading.catch(() => {
    loading = null;
  });
  return loading;
};

/**
 * The row that a mark opens; ids stand in lists as deep as the figure's own.
 * @param {Met} point
 */
const readId = ({ customdata }) => [customdata].flat(2).find((id) => typeof id === "string" && id);

/**
 * Whether a mark that was met opens something, and opens it.
 * @param {HTMLElement} stage
 * @param {Clicked} met
 */
const openNearest = (stage, { points, event }) => {
  const { left, top } = stage.getBoundingClientRect();
  /** @param {Met} point */
  const measure = ({ bbox }) =>
    bbox && event ? Math.hypot((bbox.x0 + bbox.x1) / 2 - (event.clientX - left), (bbox.y0 + bbox.y1) / 2 - (event.clientY - top)) : 0;
  const [nearest] = points.filter(readId).sort((one, other) => measure(one) - measure(other));
  if (nearest) openPoint(String(readId(nearest)), stage);
  return Boolean(nearest);
};

/** @param {HTMLElement} stage */
const nameState = (stage) => `${stage.dataset.plotOf} ${readScheme()} ${isNarrow()}`;

/** @param {HTMLElement} stage */
const draw = async (stage) => {
  const state = nameState(stage);
  if (stage.dataset.state === state) return;
  stage.dataset.state = state;
  try {
    const [plotly, figure] = await Promise.all([load(stage), plots.fetchFigure(stage), document.fonts.ready]);
    if (stage.dataset.state !== state || !stage.isConnected) return;
    const place = find(".plot", stage) ?? stage.appendChild(make("div", { className: "plot" }, [], { "aria-hidden": "true" }));
    await plotly.react(place, figure.data, figure.layout, CONFIG);
    if (!drawn.has(place)) listen(stage, place, plotly);
    stage.dataset.plotted = "true";
  } catch {
    delete stage.dataset.state;
    stage.textContent = UNDRAWN;
  }
};

/** @param {HTMLElement} stage @param {HTMLElement} place @param {any} plotly */
const listen = (stage, place, plotly) => {
  drawn.add(place);
  const graph = /** @type {any} */ (place);
  graph.on("plotly_click", (/** @type {Clicked} */ met) => openNearest(stage, met));
  // A part of a whole that has a row opens it; one that is a sum of others comes nearer, as plotly has it.
  NESTED.forEach((kind) => graph.on(`plotly_${kind}click`, (/** @type {Clicked} */ met) => !openNearest(stage, met)));
  resizing.observe(stage);
  const files = find(".downloads", stage.closest("figure"));
  files?.prepend(...["svg", "png"].map((format) => makeSaver(stage, place, plotly, format)));
  files?.prepend("Save ");
};

/** @param {HTMLElement} stage @param {HTMLElement} place @param {any} plotly @param {string} format */
const makeSaver = (stage, place, plotly, format) => {
  const name = format.toUpperCase();
  const title = find(".chart-title", stage.closest("figure")).textContent;
  const button = make("button", { type: "button", className: "quiet saver", textContent: name }, [], { "aria-label": `Save “${title}” as ${name}` });
  button.addEventListener("click", async () => {
    const picture = await writePicture(stage, place, plotly);
    const address = format === "svg" ? picture.address : await rasterise(picture);
    make("a", { href: address, download: `${stage.dataset.chart}.${format}` }).click();
  });
  return button;
};

/** @param {string} text */
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/**
 * The figure as it stands, with its title and its sources, as an SVG.
 * @param {HTMLElement} stage
 * @param {any} place
 * @param {any} plotly
 */
const writePicture = async (stage, place, plotly) => {
  const frame = stage.closest("figure");
  /** @param {string} selector */
  const read = (selector) => escape(find(selector, frame)?.textContent ?? "");
  const { margin, height, annotations = [] } = place.layout;
  const width = Math.round(stage.clientWidth);
  const words = { showarrow: false, xref: "container", yref: "container", align: "left", x: 0, xanchor: "left" };
  const layout = {
    ...place.layout,
    width,
    height: height + ABOVE + BELOW,
    margin: { ...margin, t: margin.t + ABOVE, b: margin.b + BELOW },
    title: { text: `<b>${read(".chart-title")}</b><br><span style="font-size:13px">${read(".chart-subtitle")}</span>`, x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { t: 12, l: 16 } },
    annotations: [...annotations, { ...words, xref: "paper", yref: "paper", y: 0, yanchor: "top", yshift: -margin.b - 8, font: { size: 11 }, text: read(".source-line") }],
  };
  const address = await plotly.toImage({ data: place.data, layout, config: CONFIG }, { format: "svg", width, height: layout.height });
  return { address, width, height: layout.height };
};

/** @param {{ address: string, width: number, height: number }} picture */
const rasterise = async ({ address, width, height }) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = make("canvas", { width: width * DOTS, height: height * DOTS });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
};

const nearness = new IntersectionObserver(
  (entries) =>
    entries.forEach(({ isIntersecting, target }) => {
      if (!isIntersecting) return;
      nearness.unobserve(target);
      target.setAttribute("data-near", "true");
      draw(/** @type {HTMLElement} */ (target));
    }),
  { rootMargin: NEAR },
);

/** @type {ReturnType<typeof setTimeout>} */
let settling;
const resizing = new ResizeObserver(() => {
  clearTimeout(settling);
  settling = setTimeout(redraw, SETTLE);
});

const redraw = async () => {
  const plotly = await loading;
  drawn.forEach((place) => {
    if (place.isConnected) plotly.Plots.resize(place);
    else {
      plotly.purge(place);
      drawn.delete(place);
    }
  });
  findAll(".plot-stage[data-near]").forEach((stage) => void draw(stage));
};

export const watchPlots = () => findAll(".plot-stage:not([data-near])").forEach((stage) => nearness.observe(stage));

document.addEventListener("footnoted:landed", watchPlots);
SCHEME_CHANGES.addEventListener("change", redraw);
watchPlots();

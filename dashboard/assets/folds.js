// Folded tables: built from their own JSON when they are unfolded.
import { find, findAll, findAround, make } from "./elements.js";

/**
 * @typedef {{ cells: string[], opens?: string, sources: number[] }} TableRow
 * @typedef {{ caption: string, columns: string[], rows: TableRow[] }} FoldedTable
 */

/** @type {WeakMap<HTMLElement, { text: string, table: FoldedTable }>} */
const read = new WeakMap();
/** @type {FoldedTable} */
const NOTHING_YET = { caption: "", columns: [], rows: [] };

/**
 * The table of a fold; none where it is still packed.
 * @param {HTMLElement} fold
 */
export const readTable = (fold) => {
  const text = fold.dataset.table;
  if (!text) return NOTHING_YET;
  if (read.get(fold)?.text !== text) read.set(fold, { text, table: JSON.parse(text) });
  return read.get(fold).table;
};

/** @param {number} number */
const buildMark = (number) =>
  make("a", { href: `#footnote-${number}`, className: "footnote-mark", textContent: `[${number}]` }, [], { "aria-label": `Source ${number}` });

/** @param {string} text @param {string} id */
const buildOpener = (text, id) => make("button", { type: "button", className: "opener", textContent: text }, [], { "data-point": id });

/** @param {TableRow} row @param {string[]} columns */
const buildRow = (row, columns) => {
  const line = make("tr");
  if (row.opens) line.dataset.opens = row.opens;
  row.cells.forEach((text, place) => {
    const first = place === 0 && row.opens;
    const cell = make("td", { className: first ? "cell-opener" : "cell-text" }, [first ? buildOpener(text, row.opens) : text]);
    if (first) cell.append(" ", ...row.sources.map(buildMark));
    cell.dataset.label = columns[place];
    line.append(cell);
  });
  return line;
};

/** @param {HTMLElement} fold */
const unfold = (fold) => {
  const place = find(".fold", fold);
  if (!place || place.dataset.text === fold.dataset.table) return;
  place.dataset.text = fold.dataset.table;
  const { caption, columns, rows } = readTable(fold);
  const heads = columns.map((name) => make("th", { scope: "col", textContent: name }));
  const table = make("table", { className: "rows" }, [
    make("caption", { className: "visually-hidden", textContent: caption }),
    make("thead", {}, [make("tr", {}, heads)]),
    make("tbody", {}, rows.map((row) => buildRow(row, columns))),
  ]);
  place.replaceChildren(make("div", { className: "table-box", tabIndex: 0 }, [table], { role: "region", "aria-label": caption }));
};

export const refreshFolds = () => findAll("details.folded[open]").forEach(unfold);

document.addEventListener(
  "toggle",
  ({ target }) => target instanceof HTMLElement && target.matches("details.folded[open]") && unfold(target),
  true,
);
window.addEventListener("beforeprint", refreshFolds);
document.addEventListener("footnoted:landed", refreshFolds);

// A mark leads to the sources of its own document, in a frame too, where other links leave it.
document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const mark = findAround(event, ".footnote-mark");
  if (mark && find("base[target]")) mark.target = "_self";
});

// Choices on a page: each joins those that were made before it, landed or on their way, and redraws what it changes.
import { find, findAll, parse } from "./elements.js";
import { fetchPictures } from "./stages.js";
import { OWN_STATES } from "./state.js";

// What narrows single charts, and nothing else of a page.
const NARROWING = ["vintage", "window", "show"];
const FIRST_PAGE = "overview";

/** @param {string} address */
const readQuery = (address) => new URLSearchParams(address.split("?")[1] ?? "");

/** @param {URLSearchParams} one @param {URLSearchParams} other */
const listDifferences = (one, other) =>
  [...new Set([...one.keys(), ...other.keys()])].filter((name) => !OWN_STATES.includes(name) && one.get(name) !== other.get(name));

/** @param {URLSearchParams} query @param {string} name @param {string | null} value */
const put = (query, name, value) => (value === null ? query.delete(name) : query.set(name, value));

/**
 * A side that is on its way is exchanged too, which the link was written before.
 * @param {URLSearchParams} query
 */
const exchangeSides = (query) => {
  const [left, right] = [query.get("left"), query.get("right")];
  // A side that is not named, or has no words, is the newest.
  put(query, "left", right || null);
  put(query, "right", left || null);
};

/**
 * A link says all of what its part of the page showed when it was written; what it changes of that is the choice.
 * @param {HTMLAnchorElement} link
 * @param {{ whole: string, asked: string, isLanded: boolean }} places what the page was built for, and is asked for
 */
export const joinChoices = (link, { whole, asked, isLanded }) => {
  const full = find("#page [data-stands-for]")?.dataset.standsFor;
  const written = link.closest("[data-written-for]")?.getAttribute("data-written-for") ?? full ?? whole.split("?")[1];
  const from = new URLSearchParams(written);
  const chosen = new URLSearchParams(link.search);
  const query = isLanded && full ? new URLSearchParams(full) : readQuery(asked);
  const here = new URLSearchParams(location.search);
  const dossier = query.get("dossier");
  if (link.hasAttribute("data-exchanges")) exchangeSides(query);
  else listDifferences(from, chosen).forEach((name) => put(query, name, chosen.get(name)));
  // The stretch of time that is looked at stays, and the open evidence where it is of the same dossier.
  const isElsewhere = query.get("dossier") !== dossier;
  OWN_STATES.forEach((name) => put(query, name, isElsewhere && name !== "span" ? null : here.get(name)));
  const address = new URL(link.href);
  address.search = query.toString();
  return address.href;
};

/** @param {string} landed @param {string} asked */
export const isChoice = (landed, asked) => {
  if (landed.split("?")[0] !== asked.split("?")[0]) return false;
  const isShown = find("#page .chart:not([data-side]) .stage");
  return Boolean(isShown) && listDifferences(readQuery(landed), readQuery(asked)).every((name) => NARROWING.includes(name));
};

/**
 * Nothing where the page itself changes with the choice, and has to come whole.
 * @param {string} landed
 * @param {string} asked
 */
export const fetchFrames = async (landed, asked) => {
  const [path, query] = asked.split("?");
  const search = new URLSearchParams(query);
  search.set("was", landed.split("?")[1] ?? "");
  findAll("#page .chart:has(.filters)").forEach((chart) => chart.setAttribute("aria-busy", "true"));
  const answer = await fetch(`/frames/${path.slice(1) || FIRST_PAGE}?${search}`);
  if (answer.status >= 500) throw new Error(`${answer.status}`);
  if (!answer.ok) return null;
  const content = parse(await answer.text());
  await fetchPictures(content);
  return content;
};

/**
 * The lines that the marks of the page lead to: those of new marks come, those without a mark go.
 * @param {DocumentFragment} content
 */
const mendSources = (content) => {
  const list = find("#page .source-list");
  if (!list) return;
  /** @param {Element} line @returns {[number, Element]} */
  const number = (line) => [Number(line.id.split("-")[1]), line];
  const lines = new Map([...list.children, ...findAll(".source-list > li", content)].map(number));
  const used = [...lines.keys()].filter((each) => find(`#page [data-footnote="${each}"]`));
  list.replaceChildren(...used.sort((one, other) => one - other).map((each) => lines.get(each)));
};

/** @param {DocumentFragment} content @param {string} address */
export const putFrames = (content, address) => {
  findAll("figure.chart", content).forEach((frame) => {
    const former = document.getElementById(frame.id);
    if (!former) return;
    frame.dataset.writtenFor = address.split("?")[1] ?? "";
    former.replaceWith(frame);
    const entry = find(`.contents a[href="#${CSS.escape(frame.id)}"]`);
    if (entry) entry.textContent = find(".chart-title", frame).textContent;
  });
  mendSources(content);
};

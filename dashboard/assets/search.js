// Search: a dialog over the page. The server finds; this asks, lists the answers, and opens the chosen one.
import { find, findAll, findAround, make } from "./elements.js";
import { recall, remember } from "./memory.js";
import { openPoint } from "./points.js";
import { putStates } from "./state.js";

const ADDRESS = "/search.json";
const PAUSE_MILLISECONDS = 70;
const PATIENCE_MILLISECONDS = 300;
const KEPT_ANSWERS = 50;
const MOST_CHARACTERS = 200;
const KEY_CHOICE = "search-key";

/**
 * @typedef {{ glyph: string, word: string, look: string }} Verdict
 * @typedef {{ href: string, title: string, value: string, period: string, detail: string, verdict?: Verdict, footnotes: number[] }} Entry
 * @typedef {{ kind: string, heading: string, entries: Entry[], more: string }} Group
 * @typedef {{ status?: string, refused?: string, groups?: Group[] }} Answer
 * @typedef {HTMLElement & { href?: string }} Option
 */

/** @type {Answer} */
const UNREACHED = { status: "The search did not answer. Check the connection and try again.", groups: [] };
/** @type {Map<string, Answer>} */
const answers = new Map();
/** @type {ReturnType<typeof build> | null} */
let parts = null;
/** @type {Option[]} */
let options = [];
let active = -1;
/** @type {AbortController | null} */
let asked = null;
/** @type {ReturnType<typeof setTimeout>} */
let pause;
/** @type {HTMLElement | null} */
let cameFrom = null;

// A key of one sign must be possible to turn off: speech input may type it.
const isKeyOn = () => recall(KEY_CHOICE) !== "off";

const switchKey = () => {
  remember(KEY_CHOICE, isKeyOn() ? "off" : "on");
  parts.key.setAttribute("aria-pressed", String(isKeyOn()));
};

const build = () => {
  const input = make("input", { id: "search-text", type: "text", className: "search-text", maxLength: MOST_CHARACTERS, placeholder: "Figure, series, deal, document" }, [], {
    role: "combobox", "aria-label": "Search", "aria-controls": "search-results", "aria-expanded": "false", "aria-autocomplete": "list", "aria-describedby": "search-status",
    autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "go",
  });
  const close = make("button", { type: "button", className: "quiet", textContent: "Close" });
  const status = make("p", { id: "search-status", className: "search-status" }, [], { role: "status" });
  const list = make("div", { id: "search-results", className: "search-results", hidden: true }, [], { role: "listbox", "aria-label": "Results" });
  const key = make("button", { type: "button", className: "quiet", textContent: "Key / opens search" }, [], { "aria-pressed": String(isKeyOn()) });
  const keys = make("span", { textContent: "↑ ↓ choose, Enter opens, Escape closes" });
  const body = make("div", { className: "search-body" }, [
    make("div", { className: "search-head" }, [input, close]),
    status,
    list,
    make("div", { className: "search-foot" }, [keys, key]),
  ]);
  const dialog = make("dialog", { id: "search", className: "search" }, [body], { "aria-label": "Search" });
  document.body.append(dialog);
  close.addEventListener("click", () => dialog.close());
  key.addEventListener("click", switchKey);
  input.addEventListener("input", () => askSoon());
  input.addEventListener("keydown", choose);
  list.addEventListener("click", pick);
  // Only what lies around the dialog's content is the dialog itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  // The reader goes on writing while choosing by mouse.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  return { dialog, input, status, list, key };
};

const open = () => {
  parts ??= build();
  if (parts.dialog.open) return;
  cameFrom = /** @type {HTMLElement | null} */ (document.activeElement);
  parts.dialog.showModal();
  parts.input.focus();
  parts.input.select();
  ask("");
};

/**
 * The dossier and the day that are searched.
 * @param {string} words
 * @param {string} kind
 */
const writeAddress = (words, kind) => {
  const query = new URLSearchParams({ q: words, ...(kind && { kind }) });
  const here = new URLSearchParams(location.search);
  ["dossier", "as_of"].forEach((name) => here.has(name) && query.set(name, here.get(name)));
  return `${ADDRESS}?${query}`;
};

/** @param {string} address @param {AbortSignal} signal @returns {Promise<Answer>} */
const fetchAnswer = async (address, signal) => {
  if (answers.has(address)) return answers.get(address);
  const answer = await (await fetch(address, { signal })).json();
  if (answers.size >= KEPT_ANSWERS) answers.delete(answers.keys().next().value);
  if (answer.groups) answers.set(address, answer);
  return answer;
};

/** @param {string} kind */
const ask = async (kind) => {
  clearTimeout(pause);
  asked?.abort();
  const mine = (asked = new AbortController());
  const words = parts.input.value;
  const slow = setTimeout(() => asked === mine && (parts.status.textContent = "Searching …"), PATIENCE_MILLISECONDS);
  let answer;
  try {
    answer = await fetchAnswer(writeAddress(words, kind), mine.signal);
  } catch {
    answer = UNREACHED;
  }
  clearTimeout(slow);
  if (asked !== mine) return;
  asked = null;
  show(answer, kind);
  parts.dialog.dataset.answered = words;
};

const askSoon = () => {
  clearTimeout(pause);
  pause = setTimeout(() => ask(""), PAUSE_MILLISECONDS);
};

/** @param {Answer} answer @param {string} kind */
const show = (answer, kind) => {
  const groups = (answer.groups ?? []).map((group) => buildGroup(group));
  if (kind) groups.unshift(buildStep("All results", ""));
  parts.status.textContent = answer.status ?? answer.refused ?? UNREACHED.status;
  parts.list.replaceChildren(...groups);
  parts.list.hidden = !groups.length;
  parts.list.scrollTop = 0;
  parts.input.setAttribute("aria-expanded", String(Boolean(groups.length)));
  options = findAll("[role=option]", parts.list);
  options.forEach((option, place) => (option.id = `search-option-${place}`));
  // Enter opens the best answer; of places to start from none is better than another.
  activate(parts.input.value.trim() && options.length ? (kind ? 1 : 0) : -1);
};

/** @param {Group} group */
const buildGroup = (group) => {
  const heading = make("div", { id: `search-group-${group.kind}`, className: "search-heading" }, [group.heading], { role: "presentation" });
  /** @type {HTMLElement[]} */
  const entries = group.entries.map(buildOption);
  if (group.more) entries.push(buildStep(group.more, group.kind));
  return make("div", { className: "search-group" }, [heading, ...entries], { role: "group", "aria-labelledby": heading.id });
};

/** @param {Entry} entry */
const buildOption = (entry) => {
  /** @param {string} name @param {string} words */
  const line = (name, words) => (words ? [make("span", { className: name, textContent: words })] : []);
  const marks = make("span", { className: "search-footnotes" }, entry.footnotes.map(buildFootnote));
  const value = make("span", { className: "search-value" }, [entry.value, " ", marks]);
  const says = [...line("search-period", entry.period), ...line("search-detail", entry.detail)];
  if (entry.verdict) says.unshift(buildVerdict(entry.verdict));
  return make("a", { href: entry.href, className: "search-option", tabIndex: -1 }, [
    make("span", { className: "search-line" }, [make("span", { className: "search-title", textContent: entry.title }), " ", value]),
    make("span", { className: "search-says" }, says.flatMap((part) => [part, " "])),
  ], { role: "option", "aria-selected": "false" });
};

/** @param {Verdict} verdict */
const buildVerdict = ({ glyph, word, look }) =>
  make("span", { className: `chip chip-${look}` }, [make("span", { className: "glyph", textContent: glyph }, [], { "aria-hidden": "true" }), make("span", { textContent: word })]);

/** @param {number} number */
const buildFootnote = (number) =>
  make("span", {}, [
    make("span", { className: "visually-hidden", textContent: `source ${number}` }),
    make("span", { textContent: `[${number}]` }, [], { "aria-hidden": "true" }),
  ]);

/** @param {string} words @param {string} kind */
const buildStep = (words, kind) => {
  const step = make("div", { className: "search-option search-step", textContent: words }, [], { role: "option", "aria-selected": "false" });
  step.dataset.kind = kind;
  return step;
};

/** @param {number} place */
const activate = (place) => {
  options[active]?.setAttribute("aria-selected", "false");
  active = place;
  const option = options[place];
  if (!option) {
    parts.input.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  parts.input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** @param {KeyboardEvent} event */
const choose = (event) => {
  if (event.isComposing) return;
  if (STEPS[event.key] && options.length) {
    event.preventDefault();
    const place = active < 0 && event.key === "ArrowUp" ? options.length - 1 : active + STEPS[event.key];
    activate((place + options.length) % options.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (parts.input.value === parts.dialog.dataset.answered) openOption(options[active]);
    else askAndOpen();
  }
};

// What has just been typed is asked for before its first answer is opened.
const askAndOpen = async () => {
  await ask("");
  if (parts.dialog.open && parts.input.value === parts.dialog.dataset.answered) openOption(options[active]);
};

/** @param {MouseEvent} event */
const pick = (event) => {
  /** @type {Option | null} */
  const option = findAround(event, "[role=option]");
  const isForNewTab = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!option || (option.href && isForNewTab)) return;
  event.preventDefault();
  event.stopPropagation();
  openOption(option);
};

/** @param {Option | undefined} option */
const openOption = (option) => {
  if (!option) return;
  if (option.href) go(new URL(option.href));
  else ask(option.dataset.kind);
};

/** @param {string | URL} address */
const writePage = (address) => {
  const page = putStates(new URL(address), { point: null, span: null });
  page.searchParams.sort();
  return page.pathname + page.search;
};

/**
 * Evidence opens over the page that is shown, if that is its page; otherwise the page comes first.
 * @param {URL} target
 */
const go = (target) => {
  const point = target.searchParams.get("point");
  const isHere = writePage(target) === writePage(location.href);
  const place = isHere && target.hash ? document.getElementById(decodeURIComponent(target.hash.slice(1))) : null;
  parts.dialog.close();
  if (isHere && point) openPoint(point, cameFrom === document.body ? null : cameFrom);
  else if (document.dispatchEvent(new CustomEvent("footnoted:follow", { detail: target.href, cancelable: true }))) location.assign(target);
  place?.scrollIntoView({ block: "start" });
  if (point) find("#drawer").focus({ preventScroll: true });
  else if (isHere) focusPlace(place ?? find("#page"));
};

/** @param {HTMLElement} place */
const focusPlace = (place) => {
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
};

/** @param {KeyboardEvent} event */
const isWriting = (event) => Boolean(findAround(event, "input, textarea, select, [contenteditable]"));
/** @param {KeyboardEvent} event */
const isCommand = (event) => event.ctrlKey || event.metaKey || event.altKey || event.isComposing;

// Before the drawer hears of it: Escape closes what was opened last.
document.addEventListener(
  "keydown",
  (event) => {
    const isOpen = Boolean(parts?.dialog.open);
    if (event.key === "Escape" && isOpen && !event.isComposing) {
      event.preventDefault();
      event.stopImmediatePropagation();
      parts.dialog.close();
    } else if (event.key === "/" && !isOpen && isKeyOn() && !isCommand(event) && !isWriting(event)) {
      event.preventDefault();
      open();
    }
  },
  true,
);

document.addEventListener("click", (event) => findAround(event, "[data-open-search]") && open());
window.addEventListener("popstate", () => parts?.dialog.close());

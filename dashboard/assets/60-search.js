// Search: a dialog over the page. The server finds; this asks, lists the answers, and opens the chosen one.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  const ADDRESS = "/search.json";
  const PAUSE_MILLISECONDS = 70;
  const PATIENCE_MILLISECONDS = 300;
  const KEPT_ANSWERS = 50;
  const MOST_CHARACTERS = 200;
  const KEY_CHOICE = "search-key";
  const UNREACHED = { status: "The search did not answer. Check the connection and try again.", groups: [] };

  const answers = new Map();
  let parts = null;
  let options = [];
  let active = -1;
  let asked = null;
  let pause = 0;
  let cameFrom = null;

  const make = (name, properties = {}, children = [], attributes = {}) => {
    const element = Object.assign(document.createElement(name), properties);
    Object.entries(attributes).forEach(([key, words]) => element.setAttribute(key, words));
    element.append(...children);
    return element;
  };

  // A key of one sign must be possible to turn off: speech input may type it.
  const isKeyOn = () => {
    try {
      return localStorage.getItem(KEY_CHOICE) !== "off";
    } catch {
      return true;
    }
  };

  const switchKey = () => {
    try {
      localStorage.setItem(KEY_CHOICE, isKeyOn() ? "off" : "on");
    } catch {
      // Without storage the key stays on.
    }
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
    cameFrom = document.activeElement;
    parts.dialog.showModal();
    parts.input.focus();
    parts.input.select();
    ask("");
  };

  // The dossier and the day that are searched.
  const writeAddress = (words, kind) => {
    const query = new URLSearchParams({ q: words, ...(kind && { kind }) });
    const here = new URLSearchParams(location.search);
    ["dossier", "as_of"].forEach((name) => here.has(name) && query.set(name, here.get(name)));
    return `${ADDRESS}?${query}`;
  };

  const fetchAnswer = async (address, signal) => {
    if (answers.has(address)) return answers.get(address);
    const answer = await (await fetch(address, { signal })).json();
    if (answers.size >= KEPT_ANSWERS) answers.delete(answers.keys().next().value);
    if (answer.groups) answers.set(address, answer);
    return answer;
  };

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

  const show = (answer, kind) => {
    const groups = (answer.groups ?? []).map((group) => buildGroup(group));
    if (kind) groups.unshift(buildStep("All results", ""));
    parts.status.textContent = answer.status ?? answer.refused ?? UNREACHED.status;
    parts.list.replaceChildren(...groups);
    parts.list.hidden = !groups.length;
    parts.list.scrollTop = 0;
    parts.input.setAttribute("aria-expanded", String(Boolean(groups.length)));
    options = [...parts.list.querySelectorAll("[role=option]")];
    options.forEach((option, place) => (option.id = `search-option-${place}`));
    // Enter opens the best answer; of places to start from none is better than another.
    activate(parts.input.value.trim() && options.length ? (kind ? 1 : 0) : -1);
  };

  const buildGroup = (group) => {
    const heading = make("div", { id: `search-group-${group.kind}`, className: "search-heading" }, [group.heading], { role: "presentation" });
    const entries = group.entries.map(buildOption);
    if (group.more) entries.push(buildStep(group.more, group.kind));
    return make("div", { className: "search-group" }, [heading, ...entries], { role: "group", "aria-labelledby": heading.id });
  };

  const buildOption = (entry) => {
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

  const buildVerdict = ({ glyph, word, look }) =>
    make("span", { className: `chip chip-${look}` }, [make("span", { className: "glyph", textContent: glyph }, [], { "aria-hidden": "true" }), make("span", { textContent: word })]);

  const buildFootnote = (number) =>
    make("span", {}, [
      make("span", { className: "visually-hidden", textContent: `source ${number}` }),
      make("span", { textContent: `[${number}]` }, [], { "aria-hidden": "true" }),
    ]);

  const buildStep = (words, kind) => {
    const step = make("div", { className: "search-option search-step", textContent: words }, [], { role: "option", "aria-selected": "false" });
    step.dataset.kind = kind;
    return step;
  };

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

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };

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

  const pick = (event) => {
    const option = event.target.closest("[role=option]");
    const isForNewTab = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!option || (option.href && isForNewTab)) return;
    event.preventDefault();
    event.stopPropagation();
    openOption(option);
  };

  const openOption = (option) => {
    if (!option) return;
    if (option.href) go(new URL(option.href));
    else ask(option.dataset.kind);
  };

  const writePage = (address) => {
    const page = new URL(address);
    ["point", "span"].forEach((name) => page.searchParams.delete(name));
    page.searchParams.sort();
    return page.pathname + page.search;
  };

  // Evidence opens over the page that is shown, if that is its page; otherwise the page comes first.
  const go = (target) => {
    const point = target.searchParams.get("point");
    const isHere = writePage(target) === writePage(location.href);
    const place = isHere && target.hash ? document.getElementById(decodeURIComponent(target.hash.slice(1))) : null;
    parts.dialog.close();
    if (isHere && point) footnoted.openPoint(point, cameFrom === document.body ? null : cameFrom);
    else footnoted.follow(target.href);
    place?.scrollIntoView({ block: "start" });
    if (point) document.getElementById("drawer").focus({ preventScroll: true });
    else if (isHere) focusPlace(place ?? document.getElementById("page"));
  };

  const focusPlace = (place) => {
    if (place.tabIndex < 0) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };

  // A chart alone in a frame has no search.
  const canSearch = () => Boolean(document.querySelector("[data-open-search]"));
  const isWriting = (target) => Boolean(target.closest?.("input, textarea, select, [contenteditable]"));
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
      } else if (event.key === "/" && !isOpen && canSearch() && isKeyOn() && !isCommand(event) && !isWriting(event.target)) {
        event.preventDefault();
        open();
      }
    },
    true,
  );

  document.addEventListener("click", (event) => event.target.closest("[data-open-search]") && open());
  window.addEventListener("popstate", () => parts?.dialog.close());
})();

// Choices on a page: each joins those that were made before it, landed or on their way, and redraws what it changes.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  // What narrows single charts, and nothing else of a page.
  const NARROWING = ["vintage", "window", "show"];
  const FIRST_PAGE = "overview";

  const readQuery = (address) => new URLSearchParams(address.split("?")[1] ?? "");

  const listDifferences = (one, other) =>
    [...new Set([...one.keys(), ...other.keys()])].filter(
      (name) => !footnoted.OWN_STATES.includes(name) && one.get(name) !== other.get(name),
    );

  const put = (query, name, value) => (value === null ? query.delete(name) : query.set(name, value));

  // A link says all of what its part of the page showed when it was written; what it changes of that is the choice.
  footnoted.joinChoices = (link) => {
    const { whole, asked, isLanded } = footnoted.readPlaces();
    const full = document.querySelector("#page [data-stands-for]")?.dataset.standsFor;
    const written = link.closest("[data-written-for]")?.dataset.writtenFor ?? full ?? whole.split("?")[1];
    const from = new URLSearchParams(written);
    const chosen = new URLSearchParams(link.search);
    const query = isLanded && full ? new URLSearchParams(full) : readQuery(asked);
    const here = new URLSearchParams(location.search);
    const dossier = query.get("dossier");
    listDifferences(from, chosen).forEach((name) => put(query, name, chosen.get(name)));
    // The stretch of time that is looked at stays, and the open evidence where it is of the same dossier.
    const isElsewhere = query.get("dossier") !== dossier;
    footnoted.OWN_STATES.forEach((name) => put(query, name, isElsewhere && name !== "span" ? null : here.get(name)));
    const address = new URL(link.href);
    address.search = query.toString();
    return address.href;
  };

  footnoted.isChoice = (landed, asked) => {
    if (landed.split("?")[0] !== asked.split("?")[0]) return false;
    const isShown = document.querySelector("#page .chart:not([data-side]) .stage");
    return Boolean(isShown) && listDifferences(readQuery(landed), readQuery(asked)).every((name) => NARROWING.includes(name));
  };

  // Nothing where the page itself changes with the choice, and has to come whole.
  footnoted.fetchFrames = async (landed, asked) => {
    const [path, query] = asked.split("?");
    const search = new URLSearchParams(query);
    search.set("was", landed.split("?")[1] ?? "");
    document.querySelectorAll("#page .chart:has(.filters)").forEach((chart) => chart.setAttribute("aria-busy", "true"));
    const answer = await fetch(`/frames/${path.slice(1) || FIRST_PAGE}?${search}`);
    if (answer.status >= 500) throw new Error(`${answer.status}`);
    if (!answer.ok) return null;
    const { content } = Object.assign(document.createElement("template"), { innerHTML: await answer.text() });
    await footnoted.fetchPictures(content);
    return content;
  };

  // The lines that the marks of the page lead to: those of new marks come, those without a mark go.
  const mendSources = (content) => {
    const list = document.querySelector("#page .source-list");
    if (!list) return;
    const readNumber = (line) => Number(line.id.split("-")[1]);
    const lines = new Map([...list.children, ...content.querySelectorAll(".source-list > li")].map((line) => [readNumber(line), line]));
    const used = [...lines.keys()].filter((number) => document.querySelector(`#page [data-footnote="${number}"]`));
    list.replaceChildren(...used.sort((one, other) => one - other).map((number) => lines.get(number)));
  };

  footnoted.putFrames = (content, address) => {
    content.querySelectorAll("figure.chart").forEach((frame) => {
      const former = document.getElementById(frame.id);
      if (!former) return;
      frame.dataset.writtenFor = address.split("?")[1] ?? "";
      former.replaceWith(frame);
      const entry = document.querySelector(`.contents a[href="#${CSS.escape(frame.id)}"]`);
      if (entry) entry.textContent = frame.querySelector(".chart-title").textContent;
    });
    mendSources(content);
  };
})();

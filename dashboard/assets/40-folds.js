// Folded tables: built from their own JSON when they are unfolded.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  const read = new WeakMap();

  const make = (name, properties = {}, children = []) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  footnoted.readTable = (fold) => {
    const text = fold.dataset.table;
    if (read.get(fold)?.text !== text) read.set(fold, { text, table: JSON.parse(text) });
    return read.get(fold).table;
  };

  const buildMark = (number) => {
    const mark = make("a", { href: `#footnote-${number}`, className: "footnote-mark", textContent: `[${number}]` });
    mark.setAttribute("aria-label", `Source ${number}`);
    return mark;
  };

  const buildOpener = (text, id) => {
    const opener = make("button", { type: "button", className: "opener", textContent: text });
    opener.dataset.point = id;
    return opener;
  };

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

  const unfold = (fold) => {
    const place = fold.querySelector(".fold");
    if (place.dataset.text === fold.dataset.table) return;
    place.dataset.text = fold.dataset.table;
    const { caption, columns, rows } = footnoted.readTable(fold);
    const heads = columns.map((name) => make("th", { scope: "col", textContent: name }));
    const box = make("div", { className: "table-box", tabIndex: 0 }, [
      make("table", { className: "rows" }, [
        make("caption", { className: "visually-hidden", textContent: caption }),
        make("thead", {}, [make("tr", {}, heads)]),
        make("tbody", {}, rows.map((row) => buildRow(row, columns))),
      ]),
    ]);
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", caption);
    place.replaceChildren(box);
  };

  footnoted.refreshFolds = () => document.querySelectorAll("details.folded[open]").forEach(unfold);

  document.addEventListener("toggle", (event) => event.target.matches?.("details.folded[open]") && unfold(event.target), true);
  window.addEventListener("beforeprint", footnoted.refreshFolds);

  // A mark leads to the sources of its own document, in a frame too, where other links leave it.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.(".footnote-mark");
    if (mark && document.querySelector("base[target]")) mark.target = "_self";
  });
})();

// A report opened from disk: what lies packed in the file is unpacked when it is asked for, and nothing is fetched.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  const NARROW = window.matchMedia("(max-width: 639px)");
  let evidence = null;
  let unpacking = null;
  let areNarrowPlaced = false;
  // The address that the reader would stand at, where a browser keeps that of a file as it is.
  let kept = null;

  ["pushState", "replaceState"].forEach((name) => {
    const change = history[name].bind(history);
    history[name] = (state, unused, address) => {
      try {
        change(state, unused, address);
        kept = null;
      } catch {
        kept = String(address);
      }
    };
  });

  footnoted.readPoint = () => new URL(kept ?? location.href).searchParams.get("point");
  // There is no page to be built anew when the address changes.
  footnoted.sync = () => footnoted.showPoint(footnoted.readPoint());

  const unpack = async (id) => {
    const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (sign) => sign.charCodeAt(0));
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Map(Object.entries(await new Response(plain).json()));
  };

  const unpackEvidence = () => {
    unpacking ??= unpack("packed-evidence")
      .catch(() => null)
      .then((unpacked) => (evidence = { rows: unpacked ?? new Map(), isPacked: !unpacked }));
    return unpacking;
  };

  const sayAbsent = (id) => {
    const notice = document.getElementById(evidence.isPacked ? "notice-packed" : "notice-absent").content.cloneNode(true);
    const row = notice.querySelector(".asked-row");
    if (row) row.textContent = id;
    const link = notice.querySelector(".asked-link");
    if (link) link.search = `${link.search}&${new URLSearchParams({ point: id })}`;
    notice.firstElementChild.dataset.missing = id;
    return notice.firstElementChild.outerHTML;
  };

  footnoted.fragments = { get: (id) => evidence.rows.get(id) ?? sayAbsent(id) };

  const show = footnoted.showPoint;
  footnoted.showPoint = (id) => {
    if (!id || evidence) {
      show(id);
      return;
    }
    // The drawer is there at once, for the focus to go to.
    document.documentElement.toggleAttribute("data-drawer", true);
    unpackEvidence().then(() => show(footnoted.readPoint()));
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
    document.querySelectorAll(".stage").forEach((stage) => {
      const picture = pictures.get(stage.dataset.chart);
      if (!picture) return;
      const narrow = stage.cloneNode(false);
      narrow.innerHTML = picture;
      narrow.classList.add("stage-narrow");
      stage.classList.add("stage-wide");
      stage.after(narrow);
    });
    footnoted.drawStages();
  };

  // The tables below the charts, which also say in what order the keys walk through the marks.
  const readTable = footnoted.readTable;
  footnoted.readTable = (fold) => (fold.dataset.table ? readTable(fold) : { caption: "", columns: [], rows: [] });

  const placeTables = async () => {
    const folds = [...document.querySelectorAll("details.folded")];
    try {
      const tables = await unpack("packed-tables");
      folds.forEach((fold) => (fold.dataset.table = tables.get(fold.dataset.tableNumber)));
    } catch {
      folds.forEach((fold) => fold.replaceChildren(document.getElementById("notice-tables").content.cloneNode(true)));
      return;
    }
    footnoted.drawStages();
    footnoted.refreshFolds();
  };

  NARROW.addEventListener("change", placeNarrow);
  placeTables();
  placeNarrow();

  document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());
})();

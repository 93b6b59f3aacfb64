// Runs in every page before anything of the page does, the same for ours and for others'. It notes the first
// frame in which a chart with drawn marks stands in the page, the first frame of the chart that stayed (not
// replaced by another element or another size since), and when anything in the page last changed.
(() => {
  const LEAST_WIDTH = 200;
  const LEAST_HEIGHT = 100;
  const LEAST_MARKS = 5;
  const LEAST_COLOURED = 0.01;
  const LEAST_SPREAD = 40;
  const SHAPES = "path,rect,circle,ellipse,line,polygon,polyline,use";
  const CLEAR = new Set(["none", "transparent", "rgba(0, 0, 0, 0)"]);
  const seen = { chart: null, kept: null, kind: null, paint: null, largest: null, blocked: 0, changed: performance.now() };
  const roots = [document];
  const sheet = new OffscreenCanvas(80, 40);
  const pen = sheet.getContext("2d", { willReadFrequently: true });

  // Some frameworks draw inside shadow roots: remember each as it is made.
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    watcher.observe(root, { childList: true, subtree: true, attributes: true });
    return root;
  };
  const watcher = new MutationObserver(() => {
    seen.changed = performance.now();
  });
  watcher.observe(document, { childList: true, subtree: true, attributes: true });

  function isShown(element) {
    const box = element.getBoundingClientRect();
    const large = box.width >= LEAST_WIDTH && box.height >= LEAST_HEIGHT;
    return large && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  // Larger than a hairline and smaller than half the picture: neither a grid line nor a background.
  function isMark(shape, picture) {
    const box = shape.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.width * box.height > picture / 2) return false;
    const style = getComputedStyle(shape);
    const fill = !CLEAR.has(style.fill) && style.fillOpacity !== "0";
    return (fill || !CLEAR.has(style.stroke)) && !shape.closest("defs,clipPath,mask,symbol,pattern");
  }

  function isDrawnPicture(svg) {
    // A chart has words on its axes; a skeleton or a logo has none.
    if (!isShown(svg) || !svg.querySelector("text")) return false;
    const box = svg.getBoundingClientRect();
    let marks = 0;
    for (const shape of svg.querySelectorAll(SHAPES)) {
      if (isMark(shape, box.width * box.height)) marks += 1;
      if (marks >= LEAST_MARKS) return true;
    }
    return false;
  }

  // Axes, grids and words of default charts are grey: only marks have a colour.
  function isColoured([red, green, blue, alpha]) {
    return alpha > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) >= LEAST_SPREAD;
  }

  function isPainted(image) {
    if (!isShown(image)) return false;
    try {
      pen.clearRect(0, 0, sheet.width, sheet.height);
      pen.drawImage(image, 0, 0, sheet.width, sheet.height);
      const bytes = pen.getImageData(0, 0, sheet.width, sheet.height).data;
      let coloured = 0;
      for (let at = 0; at < bytes.length; at += 4) coloured += isColoured(bytes.subarray(at, at + 4));
      return coloured / (bytes.length / 4) >= LEAST_COLOURED;
    } catch {
      return false;
    }
  }

  const KINDS = [
    ["svg", "svg", isDrawnPicture],
    ["canvas", "canvas", isPainted],
    ["image", "img", (image) => image.complete && image.naturalWidth > 0 && isPainted(image)],
  ];

  function findChart() {
    for (const root of roots) {
      for (const [kind, tag, isDrawn] of KINDS) {
        const element = [...root.querySelectorAll(tag)].find(isDrawn);
        if (element) return { kind, element };
      }
    }
    return null;
  }

  let last = { element: null, width: 0, height: 0, looked: -1 };

  function look() {
    requestAnimationFrame(look);
    // Once there is a chart, only a change of the page can replace it: looking again costs the page time.
    if (last.element !== null && seen.changed < last.looked) return;
    last.looked = performance.now();
    const found = findChart();
    if (found === null) return;
    const { width, height } = found.element.getBoundingClientRect();
    const isKept = found.element === last.element && width === last.width && height === last.height;
    last = { ...last, element: found.element, width, height };
    if (isKept) return;
    seen.kept = performance.now();
    if (seen.chart === null) Object.assign(seen, { chart: seen.kept, kind: found.kind });
  }
  requestAnimationFrame(look);

  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) seen.paint = entry.startTime;
  }).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => {
    seen.largest = list.getEntries().at(-1).startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.blocked += entry.duration - 50;
  }).observe({ type: "longtask", buffered: true });

  globalThis.footnotedBench = () => ({ ...seen, quiet: performance.now() - seen.changed });
})();

// Pictures of a chart with its words: title, subtitle, sources and snapshot are drawn into the file.
(() => {
  "use strict";
  const WIDTH = 1000;
  const CHARACTERS = 150;
  const LINE = 15;

  const wrap = (text) => {
    const lines = [""];
    text.split(" ").forEach((word) => {
      const last = lines[lines.length - 1];
      if (`${last} ${word}`.length > CHARACTERS) lines.push(word);
      else lines[lines.length - 1] = last ? `${last} ${word}` : word;
    });
    return lines;
  };

  const compose = (figure, graph) => {
    const layout = structuredClone(graph.layout);
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const sources = wrap(figure.dataset.sources);
    const subtitle = wrap(figure.dataset.subtitle);
    const margin = { l: 48, r: 16, t: 16, b: 36, ...layout.margin };
    const words = { xref: "paper", yref: "paper", x: 0, showarrow: false, align: "left", xanchor: "left", xshift: -margin.l + 16 };
    const below = -(margin.b + 8);
    layout.annotations = [
      ...(layout.annotations ?? []),
      { ...words, y: 1, yanchor: "bottom", yshift: margin.t + subtitle.length * LINE + 10, text: `<b>${figure.dataset.title}</b>`, font: { size: 18, color: colour("--text") } },
      { ...words, y: 1, yanchor: "bottom", yshift: margin.t + 4, text: subtitle.join("<br>"), font: { size: 13, color: colour("--secondary") } },
      { ...words, y: 0, yanchor: "top", yshift: below, text: sources.join("<br>"), font: { size: 11, color: colour("--secondary") } },
    ];
    layout.margin = { ...margin, t: margin.t + 44 + subtitle.length * LINE, b: margin.b + 24 + sources.length * LINE };
    layout.width = WIDTH;
    layout.height = graph.clientHeight + layout.margin.t + layout.margin.b - margin.t - margin.b;
    layout.autosize = false;
    return { data: graph.data, layout };
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-picture]");
    if (!button) return;
    const figure = button.closest("figure");
    const format = button.dataset.picture;
    const picture = compose(figure, figure.querySelector(".js-plotly-plot"));
    const { width, height } = picture.layout;
    const address = await window.Plotly.toImage(picture, { format, width, height, scale: format === "png" ? 2 : 1 });
    const link = Object.assign(document.createElement("a"), { href: address, download: `${figure.id}.${format}` });
    link.click();
  });
})();

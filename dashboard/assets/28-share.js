// Links, frames and pictures to take along: the server knows the path, the browser the site and the time in sight.
(() => {
  "use strict";
  const escape = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

  const keepSpan = (path) => {
    const address = new URL(path, location.href);
    const span = new URLSearchParams(location.search).get("span");
    if (span) address.searchParams.set("span", span);
    else address.searchParams.delete("span");
    return address.href;
  };

  // Of the page that a frame stands in: each frame takes the height that its own document says it has.
  const LISTENER =
    'addEventListener("message",({source,data})=>{const h=Number(data?.footnotedHeight);' +
    'if(h>0&&h<9e3)for(const f of document.querySelectorAll("iframe"))if(f.contentWindow===source)f.height=h})';

  const writeFrame = ({ copyFrame, title, height }) =>
    `<iframe src="${escape(keepSpan(copyFrame))}" title="${escape(title)}" width="100%" height="${height}" style="border:0" loading="lazy"></iframe>\n<script>${LISTENER}</script>`;

  // A chart is zoomed without its page being built anew.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-keeps-span]");
    if (link) link.href = keepSpan(link.href);
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-path], [data-copy-frame]");
    if (!button) return;
    const text = button.dataset.copyPath ? keepSpan(button.dataset.copyPath) : writeFrame(button.dataset);
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), 1600);
  });
})();

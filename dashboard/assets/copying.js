// Buttons that copy: a text of their own, one that the server has, or a link or frame with the time in sight.
import { findAround } from "./elements.js";
import { putStates, readState } from "./state.js";

const SHOWN = 1600;

/**
 * Says on a button for a moment what came of it.
 * @param {HTMLElement} button
 * @param {() => Promise<unknown>} copy
 * @param {string} [refused]
 */
export const sayCopied = async (button, copy, refused = "Not allowed") => {
  const text = (button.dataset.label ??= button.textContent);
  try {
    await copy();
    button.textContent = "Copied";
  } catch {
    button.textContent = refused;
  }
  setTimeout(() => (button.textContent = text), SHOWN);
};

/**
 * The clipboard takes a promise, since a browser may forget the click before the answer is there.
 * @param {Promise<Blob>} text
 */
export const copyLater = (text) => navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);

/** @param {string} address */
const fetchText = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new Blob([await answer.text()], { type: "text/plain" });
};

/** @param {string} path */
const keepSpan = (path) => putStates(new URL(path, location.href), { span: readState("span") }).href;

/** @param {string} text */
const escape = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

// Of the page that a frame stands in: each frame takes the height that its own document says it has.
const LISTENER =
  'addEventListener("message",({source,data})=>{const h=Number(data?.footnotedHeight);' +
  'if(h>0&&h<9e3)for(const f of document.querySelectorAll("iframe"))if(f.contentWindow===source)f.height=h})';

/** @param {DOMStringMap} frame */
const writeFrame = ({ copyFrame, title, height }) =>
  `<iframe src="${escape(keepSpan(copyFrame))}" title="${escape(title)}" width="100%" height="${height}" style="border:0" loading="lazy"></iframe>\n<script>${LISTENER}</script>`;

/** @param {string} text */
const write = (text) => navigator.clipboard.writeText(text);

document.addEventListener("click", (event) => {
  // A chart is zoomed without its page being built anew.
  /** @type {HTMLAnchorElement | null} */
  const link = findAround(event, "a[data-keeps-span]");
  if (link) link.href = keepSpan(link.href);
  const button = findAround(event, "[data-copy], [data-copy-path], [data-copy-frame], [data-copy-from]");
  if (!button) return;
  const { copy, copyPath, copyFrame, copyFrom } = button.dataset;
  if (copyFrom) sayCopied(button, () => copyLater(fetchText(copyFrom)), "Not copied");
  else if (copyFrame) sayCopied(button, () => write(writeFrame(button.dataset)));
  else sayCopied(button, () => write(copyPath ? keepSpan(copyPath) : copy));
});

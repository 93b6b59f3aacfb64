// The page Check: sends a text, shows the answer, and keeps both in this tab's memory alone.
import { copyLater, sayCopied } from "./copying.js";
import { findAround, make } from "./elements.js";
import { closePoint, evidence, showPoint } from "./points.js";
import { putStates, readPoint } from "./state.js";

const ADDRESS = "/check/answer";
const KEPT_MILLISECONDS = 40000;
const UNREACHED = "The server did not answer. Check the connection and try again.";

/**
 * @typedef {{ refused?: string, status?: string, markup?: string, report?: string, evidence?: Record<string, string> }} Answer
 */

/**
 * What the reader has on the page; it comes back when the reader does, and is gone with the tab.
 * `question` is what was sent for `answer`: its reports are of that, whatever is typed since.
 * @type {{ text: string, day: string, file: File | null, question: FormData | null, answer: Answer | null, place: string }}
 */
const checked = { text: "", day: "", file: null, question: null, answer: null, place: "" };
/** @type {AbortController | null} */
let running = null;

/**
 * A part of the page, whatever kind of field it is.
 * @param {string} id
 * @returns {any}
 */
const part = (id) => document.getElementById(id);
/** @param {string} text @param {{ isRefusal?: boolean }} [how] */
const showStatus = (text, { isRefusal = false } = {}) => {
  const status = part("check-status");
  if (!status) return;
  status.textContent = text;
  status.classList.toggle("refused", isRefusal);
};
/** @param {number} bytes */
const megabytes = (bytes) => `${Math.round(bytes / 1e5) / 10} MB`;
/** @param {string | null} id */
const isOwnPoint = (id) => Boolean(id?.startsWith("check."));

// Evidence of a text that this tab does not have any more is nowhere.
const forgetPoint = () => {
  if (!isOwnPoint(readPoint())) return;
  history.replaceState(history.state, "", putStates(new URL(location.href), { point: null }));
  showPoint(null);
};

const showFile = () => {
  const note = part("check-file-note");
  if (!note) return;
  const clear = make("button", { type: "button", className: "quiet", textContent: "Remove file" });
  clear.dataset.checkRemove = "true";
  note.replaceChildren(...(checked.file ? [`${checked.file.name}, ${megabytes(checked.file.size)}; it is checked instead of the text. `, clear] : []));
};

/** @param {File | null} file */
const chooseFile = (file) => {
  checked.file = file;
  if (!file && part("check-file")) part("check-file").value = "";
  showFile();
  if (file) showStatus(`${file.name} is chosen.`);
};

const showAnswer = () => {
  const place = part("check-answer");
  if (!place) return;
  evidence.own = new Map(Object.entries(checked.answer?.evidence ?? {}));
  place.innerHTML = checked.answer?.markup ?? "";
};

// Components of dash.html have neither a date input nor a file input.
const attach = () => {
  const form = part("check-form");
  if (!form || part("check-file")) return;
  const file = make("input", { type: "file", id: "check-file", accept: form.dataset.kinds });
  const note = make("p", { id: "check-file-note", className: "minor" });
  const day = make("input", { type: "date", id: "check-day", value: checked.day });
  const hint = make("span", { className: "minor", textContent: " Optional: adds what was known on that day" });
  /** @param {string} text @param {string} id */
  const label = (text, id) => make("label", { htmlFor: id, textContent: text, className: "check-label" });
  part("check-file-place").append(label("Or a file (text, Markdown, HTML, PDF)", "check-file"), file, note);
  part("check-day-place").append(label("Date of the text", "check-day"), day, hint);
  part("check-text").value = checked.text;
  showFile();
  // On another day or in another dossier the same text is another question.
  if (checked.answer && checked.place !== String(readPlace())) check();
  else showAnswer();
};

const findFault = () => {
  const { largestText, largestFile } = part("check-form").dataset;
  if (checked.file && checked.file.size > Number(largestFile)) return `${checked.file.name} has ${megabytes(checked.file.size)}; the most is ${megabytes(Number(largestFile))}. Check it in parts.`;
  if (checked.file) return "";
  const size = new Blob([checked.text]).size;
  if (size > Number(largestText)) return `The text has ${megabytes(size)}; the most is ${megabytes(Number(largestText))}. Check it in parts.`;
  return checked.text.trim() ? "" : "There is nothing to check. Paste a text or choose a file.";
};

// The dossier and the day that figures are judged for.
const readPlace = () => {
  const query = new URLSearchParams(location.search);
  return ["dossier", "as_of"].filter((name) => query.has(name)).map((name) => [name, query.get(name)]);
};

// The bytes of a file and not the file, which may be another one when a report is asked for.
const writeQuestion = async () => {
  const form = new FormData();
  readPlace().forEach(([name, text]) => form.append(name, text));
  form.append("published_on", checked.day);
  if (checked.file) form.append("file", new Blob([await checked.file.arrayBuffer()]), checked.file.name);
  else form.append("text", checked.text);
  return form;
};

/**
 * @param {FormData | Promise<FormData>} question
 * @param {AbortSignal} [signal]
 * @returns {Promise<Answer | null>}
 */
const ask = async (question, signal) => {
  try {
    const body = await question;
    const answer = await fetch(ADDRESS, { method: "POST", body, headers: { "X-Footnoted": "check" }, cache: "no-store", signal });
    return await answer.json();
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? null : { refused: UNREACHED };
  }
};

const check = async () => {
  running?.abort();
  const fault = findFault();
  Object.assign(checked, { question: null, answer: null });
  if (isOwnPoint(readPoint())) closePoint();
  showAnswer();
  if (fault) {
    showStatus(fault, { isRefusal: true });
    return;
  }
  const mine = (running = new AbortController());
  checked.place = String(readPlace());
  showStatus("Checking …");
  const question = writeQuestion();
  const answer = await ask(question, mine.signal);
  if (!answer || running !== mine) return;
  if (answer.refused) {
    showStatus(answer.refused, { isRefusal: true });
    return;
  }
  Object.assign(checked, { question: await question, answer });
  showAnswer();
  showStatus(answer.status);
  part("checked-title")?.focus({ preventScroll: true });
  part("checked-title")?.scrollIntoView({ block: "start" });
};

const clear = () => {
  running?.abort();
  Object.assign(checked, { text: "", day: "", question: null, answer: null });
  if (isOwnPoint(readPoint())) closePoint();
  chooseFile(null);
  part("check-text").value = "";
  part("check-day").value = "";
  showAnswer();
  showStatus("");
  part("check-text").focus();
};

/** @param {DOMStringMap} offered */
const fillExample = ({ example, day }) => {
  chooseFile(null);
  Object.assign(checked, { text: example, day });
  part("check-text").value = example;
  part("check-day").value = day;
  check();
};

/**
 * A report is written when it is asked for: the text goes out once more, for the server has kept nothing.
 * @param {string} format
 * @param {string} type
 */
const fetchReport = async (format, type) => {
  const question = new FormData();
  checked.question.forEach((value, name) => question.append(name, value));
  question.append("answer", format);
  const answer = await ask(question);
  if (answer.refused) {
    showStatus(answer.refused, { isRefusal: true });
    throw new Error(answer.refused);
  }
  return new Blob([answer.report], { type });
};

/** @type {Record<string, [string, string]>} */
const FILES = { html: ["html", "text/html"], markdown: ["md", "text/markdown"], json: ["json", "application/json"] };

/** @param {string} format */
const download = async (format) => {
  const [ending, type] = FILES[format];
  const report = await fetchReport(format, `${type};charset=utf-8`).catch(/** @returns {null} */ () => null);
  if (!report) return;
  const address = URL.createObjectURL(report);
  make("a", { href: address, download: `figures-checked.${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLISECONDS);
};

document.addEventListener("submit", (event) => {
  if (event.target !== part("check-form")) return;
  event.preventDefault();
  check();
});

document.addEventListener("input", ({ target }) => {
  if (target === part("check-text")) checked.text = part("check-text").value;
  if (target === part("check-day")) checked.day = part("check-day").value;
});

document.addEventListener("change", ({ target }) => {
  if (target === part("check-file")) chooseFile(part("check-file").files[0] ?? null);
});

document.addEventListener("click", (event) => {
  const button = findAround(event, "#page button");
  if (!button) return;
  if (button.dataset.example) fillExample(button.dataset);
  if (button.dataset.checkClear) clear();
  if (button.dataset.checkRemove) chooseFile(null);
  if (button.dataset.checkCopy) sayCopied(button, () => copyLater(fetchReport(button.dataset.checkCopy, "text/plain")), "Not copied");
  if (button.dataset.checkDownload) download(button.dataset.checkDownload);
});

/** @param {DragEvent} event */
const carry = (event) => {
  if (!findAround(event, "#check-form") || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  part("check-form").classList.toggle("is-over", event.type === "dragenter" || event.type === "dragover");
  if (event.type === "drop") chooseFile(event.dataTransfer.files[0] ?? null);
};
document.addEventListener("dragenter", carry);
document.addEventListener("dragover", carry);
document.addEventListener("dragleave", carry);
document.addEventListener("drop", carry);

// As in other forms whose Enter makes a new line.
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target === part("check-text")) check();
});

document.addEventListener("footnoted:landed", attach);
forgetPoint();
attach();

// The page Check: sends a text, shows the answer, and keeps both in this tab's memory alone.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  const ADDRESS = "/check/answer";
  const KEPT_MILLISECONDS = 40000;
  // What the reader has on the page; it comes back when the reader does, and is gone with the tab.
  // `question` is what was sent for `answer`: its reports are of that, whatever is typed since.
  const checked = { text: "", day: "", file: null, question: null, answer: null, place: "" };
  let running = null;

  const find = (id) => document.getElementById(id);
  const make = (name, properties = {}, children = []) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const showStatus = (text, { isRefusal = false } = {}) => {
    const status = find("check-status");
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("refused", isRefusal);
  };
  const megabytes = (bytes) => `${Math.round(bytes / 1e5) / 10} MB`;
  const isOwnPoint = (id) => Boolean(id?.startsWith("check."));

  // Evidence of a text that this tab does not have any more is nowhere.
  const forgetPoint = () => {
    if (!isOwnPoint(footnoted.readPoint())) return;
    const address = new URL(location.href);
    address.searchParams.delete("point");
    history.replaceState(history.state, "", address);
  };
  forgetPoint();

  const showFile = () => {
    const note = find("check-file-note");
    if (!note) return;
    const clear = make("button", { type: "button", className: "quiet", textContent: "Remove file" });
    clear.dataset.checkRemove = "true";
    note.replaceChildren(...(checked.file ? [`${checked.file.name}, ${megabytes(checked.file.size)}; it is checked instead of the text. `, clear] : []));
  };

  const chooseFile = (file) => {
    checked.file = file ?? null;
    if (!file && find("check-file")) find("check-file").value = "";
    showFile();
    if (file) showStatus(`${file.name} is chosen.`);
  };

  const showAnswer = () => {
    const place = find("check-answer");
    if (!place) return;
    footnoted.fragments = new Map(Object.entries(checked.answer?.evidence ?? {}));
    place.innerHTML = checked.answer?.markup ?? "";
  };

  // Components of dash.html have neither a date input nor a file input.
  const attach = () => {
    const form = find("check-form");
    if (!form || find("check-file")) return;
    const file = make("input", { type: "file", id: "check-file", accept: form.dataset.kinds });
    const note = make("p", { id: "check-file-note", className: "minor" });
    const day = make("input", { type: "date", id: "check-day", value: checked.day });
    const hint = make("span", { className: "minor", textContent: " Optional: adds what was known on that day" });
    const label = (text, id) => make("label", { htmlFor: id, textContent: text, className: "check-label" });
    find("check-file-place").append(label("Or a file (text, Markdown, HTML, PDF)", "check-file"), file, note);
    find("check-day-place").append(label("Date of the text", "check-day"), day, hint);
    find("check-text").value = checked.text;
    showFile();
    // On another day or in another dossier the same text is another question.
    if (checked.answer && checked.place !== String(readPlace())) check();
    else showAnswer();
  };
  document.addEventListener("footnoted:landed", attach);

  const findFault = () => {
    const { largestText, largestFile } = find("check-form").dataset;
    if (checked.file && checked.file.size > Number(largestFile)) return `${checked.file.name} has ${megabytes(checked.file.size)}; the most is ${megabytes(largestFile)}. Check it in parts.`;
    if (checked.file) return "";
    const size = new Blob([checked.text]).size;
    if (size > Number(largestText)) return `The text has ${megabytes(size)}; the most is ${megabytes(largestText)}. Check it in parts.`;
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

  const ask = async (question, signal) => {
    try {
      const options = { method: "POST", body: await question, headers: { "X-Footnoted": "check" }, cache: "no-store", signal };
      return await (await fetch(ADDRESS, options)).json();
    } catch (error) {
      if (error.name === "AbortError") return null;
      return { refused: "The server did not answer. Check the connection and try again." };
    }
  };

  const check = async () => {
    running?.abort();
    const fault = findFault();
    Object.assign(checked, { question: null, answer: null });
    if (isOwnPoint(footnoted.readPoint())) footnoted.closePoint();
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
    find("checked-title")?.focus({ preventScroll: true });
    find("checked-title")?.scrollIntoView({ block: "start" });
  };

  const clear = () => {
    running?.abort();
    Object.assign(checked, { text: "", day: "", question: null, answer: null });
    if (isOwnPoint(footnoted.readPoint())) footnoted.closePoint();
    chooseFile(null);
    find("check-text").value = "";
    find("check-day").value = "";
    showAnswer();
    showStatus("");
    find("check-text").focus();
  };

  const fillExample = ({ example, day }) => {
    chooseFile(null);
    Object.assign(checked, { text: example, day });
    find("check-text").value = example;
    find("check-day").value = day;
    check();
  };

  // A report is written when it is asked for: the text goes out once more, for the server has kept nothing.
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

  const copy = async (button) => {
    const text = button.textContent;
    try {
      // The clipboard takes a promise, since a browser may forget the click before the answer is there.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": fetchReport(button.dataset.checkCopy, "text/plain") })]);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => (button.textContent = text), 1600);
  };

  const FILES = { html: ["html", "text/html"], markdown: ["md", "text/markdown"], json: ["json", "application/json"] };

  const download = async (format) => {
    const [ending, type] = FILES[format];
    const report = await fetchReport(format, `${type};charset=utf-8`).catch(() => null);
    if (!report) return;
    const address = URL.createObjectURL(report);
    make("a", { href: address, download: `figures-checked.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLISECONDS);
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "check-form") return;
    event.preventDefault();
    check();
  });

  document.addEventListener("input", ({ target }) => {
    if (target.id === "check-text") checked.text = target.value;
    if (target.id === "check-day") checked.day = target.value;
  });

  document.addEventListener("change", ({ target }) => {
    if (target.id === "check-file") chooseFile(target.files[0]);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#page button");
    if (!button) return;
    if (button.dataset.example) fillExample(button.dataset);
    if (button.dataset.checkClear) clear();
    if (button.dataset.checkRemove) chooseFile(null);
    if (button.dataset.checkCopy) copy(button);
    if (button.dataset.checkDownload) download(button.dataset.checkDownload);
  });

  const isOverForm = (event) => Boolean(event.target.closest?.("#check-form")) && event.dataTransfer?.types.includes("Files");

  ["dragenter", "dragover", "dragleave", "drop"].forEach((kind) => {
    document.addEventListener(kind, (event) => {
      if (!isOverForm(event)) return;
      event.preventDefault();
      find("check-form").classList.toggle("is-over", kind === "dragenter" || kind === "dragover");
      if (kind === "drop") chooseFile(event.dataTransfer.files[0]);
    });
  });

  // As in other forms whose Enter makes a new line.
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.id === "check-text") check();
  });
})();

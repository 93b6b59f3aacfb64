// Copies of what is not on the page yet: the address it is asked from stands in data-copy-from.
(() => {
  "use strict";
  const SHOWN = 1600;

  const fetchText = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return new Blob([await answer.text()], { type: "text/plain" });
  };

  // The clipboard takes a promise, since a browser may forget the click before the answer is there.
  const copyFrom = (address) =>
    navigator.clipboard.write([new ClipboardItem({ "text/plain": fetchText(address) })]);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-from]");
    if (!button) return;
    try {
      await copyFrom(button.dataset.copyFrom);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => (button.textContent = "Copy"), SHOWN);
  });
})();

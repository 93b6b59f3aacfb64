// Marks that belong together: what is pointed at says what it is, and shows itself in every chart of the page.
(() => {
  "use strict";
  const footnoted = window.footnoted;
  const GAP = 12;
  let bubble = null;
  let linked = [];

  const makeBubble = () => {
    bubble = document.createElement("div");
    bubble.className = "bubble";
    bubble.setAttribute("aria-hidden", "true");
    bubble.append(document.createElement("strong"), document.createElement("span"));
    return bubble;
  };

  // The words of a mark: its value first, then when, then the rest.
  const say = (mark) => {
    const named = footnoted.findMark(mark.closest(".stage"), mark.dataset.point) ?? mark;
    const [value, ...rest] = (named.getAttribute("aria-label") ?? "").split(", ");
    const { period } = mark.dataset;
    return { head: period ? `${value} \u00b7 ${period}` : value, text: rest.filter((part) => part !== period).join(", ") };
  };

  const showBubble = (mark) => {
    const { head, text } = say(mark);
    if (!head) return;
    const box = (mark.querySelector(".shape") ?? mark).getBoundingClientRect();
    const place = bubble ?? makeBubble();
    place.firstChild.textContent = head;
    place.lastChild.textContent = text;
    document.body.append(place);
    const { width, height } = place.getBoundingClientRect();
    const middle = box.left + box.width / 2;
    const left = Math.max(8, Math.min(middle - width / 2, document.documentElement.clientWidth - width - 8));
    const above = box.top - height - GAP;
    place.style.left = `${left}px`;
    place.style.top = `${above > 8 ? above : box.bottom + GAP}px`;
  };

  const listLinked = (mark) => {
    const { point, period } = mark.dataset;
    const stage = mark.closest(".stage");
    return [...document.querySelectorAll(".stage .mark[data-point]")].filter(
      (other) => other.dataset.point === point || (period && other.dataset.period === period && other.closest(".stage") !== stage),
    );
  };

  const unlink = () => {
    linked.forEach((mark) => mark.classList.remove("linked"));
    linked = [];
    bubble?.remove();
  };

  const link = (mark) => {
    unlink();
    linked = listLinked(mark);
    linked.forEach((other) => other.classList.add("linked"));
    showBubble(mark);
  };

  // The row whose evidence is open, wherever it is drawn.
  footnoted.choosePoint = (id) => {
    document.querySelectorAll(".mark.chosen").forEach((mark) => mark.dataset.point !== id && mark.classList.remove("chosen"));
    if (id) document.querySelectorAll(`.mark[data-point="${CSS.escape(id)}"]`).forEach((mark) => mark.classList.add("chosen"));
  };

  const findMark = (event) => event.target.closest?.(".stage .mark[data-point]");

  document.addEventListener("pointerover", (event) => {
    const mark = event.pointerType !== "touch" && findMark(event);
    if (mark) link(mark);
    else unlink();
  });
  document.addEventListener("focusin", (event) => {
    const mark = findMark(event);
    if (mark?.matches(":focus-visible")) link(mark);
  });
  document.addEventListener("focusout", (event) => findMark(event) && unlink());
  // What moves or is drawn anew moves away from a pointer; the mark that has the keyboard keeps its words.
  const relink = () => {
    const mark = findMark({ target: document.activeElement });
    if (mark?.matches(":focus-visible")) link(mark);
    else unlink();
  };
  document.addEventListener("scroll", relink, { passive: true, capture: true });
  document.addEventListener("footnoted:drawn", relink);
})();

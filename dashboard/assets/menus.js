// Menus in the header: one open at a time, closed by Escape, by a click elsewhere and by choosing.
import { find, findAll, findAround } from "./elements.js";

const listOpen = () => findAll("details.menu[open]");
/** @param {HTMLElement | null} kept */
const closeAllBut = (kept) => listOpen().forEach((menu) => menu !== kept && menu.removeAttribute("open"));

document.addEventListener("click", (event) => {
  closeAllBut(findAround(event, "details.menu a") ? null : findAround(event, "details.menu"));
});

document.addEventListener("focusin", (event) => closeAllBut(findAround(event, "details.menu")));

// Before the drawer hears of it: Escape closes what was opened last.
document.addEventListener(
  "keydown",
  (event) => {
    const [menu] = listOpen();
    if (event.key !== "Escape" || !menu) return;
    event.stopImmediatePropagation();
    menu.removeAttribute("open");
    find("summary", menu).focus();
  },
  true,
);

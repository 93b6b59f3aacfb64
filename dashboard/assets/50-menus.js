// Menus in the header: one open at a time, closed by Escape, by a click elsewhere and by choosing.
(() => {
  "use strict";
  const listOpen = () => [...document.querySelectorAll("details.menu[open]")];
  const closeAllBut = (kept) => listOpen().forEach((menu) => menu !== kept && menu.removeAttribute("open"));

  document.addEventListener("click", (event) => {
    closeAllBut(event.target.closest("details.menu a") ? null : event.target.closest("details.menu"));
  });

  document.addEventListener("focusin", (event) => closeAllBut(event.target.closest("details.menu")));

  // Before the drawer hears of it: Escape closes what was opened last.
  document.addEventListener(
    "keydown",
    (event) => {
      const [menu] = listOpen();
      if (event.key !== "Escape" || !menu) return;
      event.stopImmediatePropagation();
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    },
    true,
  );
})();

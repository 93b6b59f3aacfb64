// Light and dark: as the system has it, or as the reader has chosen.
import { find, findAround } from "./elements.js";
import { remember } from "./memory.js";

const DARK = window.matchMedia("(prefers-color-scheme: dark)");

// Tells of every change, whoever makes it.
export const SCHEME_CHANGES = new EventTarget();

export const readScheme = () => document.documentElement.dataset.scheme || (DARK.matches ? "dark" : "light");

const readOther = () => (readScheme() === "dark" ? "light" : "dark");

const labelSwitch = () => {
  const button = find("[data-scheme-switch]");
  if (!button) return;
  const other = readOther();
  button.textContent = other === "light" ? "Light" : "Dark";
  button.setAttribute("aria-label", `Switch to ${other} colours`);
};

document.addEventListener("click", (event) => {
  if (!findAround(event, "[data-scheme-switch]")) return;
  document.documentElement.dataset.scheme = readOther();
  remember("scheme", readScheme());
  tell();
});
const tell = () => {
  labelSwitch();
  SCHEME_CHANGES.dispatchEvent(new Event("change"));
};
DARK.addEventListener("change", tell);
labelSwitch();

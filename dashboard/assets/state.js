// What the address says of the page in sight, and the screen that it is seen on.

const NARROW = window.matchMedia("(max-width: 639px)");

// What changes on a page without the page being built anew.
export const OWN_STATES = ["point", "side", "span"];

// Where the reader stands; a report keeps an address of its own, since that of a file cannot be changed everywhere.
export const here = { readHref: () => location.href };

/** @param {string} name */
export const readState = (name) => new URL(here.readHref()).searchParams.get(name);
export const readPoint = () => readState("point");

export const isNarrow = () => NARROW.matches;

/**
 * An address without what is the browser's own of it.
 * @param {string} [href]
 */
export const readAddress = (href = location.href) => {
  const address = new URL(href, location.href);
  OWN_STATES.forEach((name) => address.searchParams.delete(name));
  return address.pathname + address.search;
};

/** @param {URL} address @param {Record<string, string | null>} states */
export const putStates = (address, states) => {
  Object.entries(states).forEach(([name, value]) => (value ? address.searchParams.set(name, value) : address.searchParams.delete(name)));
  return address;
};

// Elements: found, asked for around an event, and made.

/**
 * @template {Element} [Found=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {Found | null}
 */
export const find = (selector, within = document) => within.querySelector(selector);

/**
 * @template {Element} [Found=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {Found[]}
 */
export const findAll = (selector, within = document) => [.../** @type {NodeListOf<Found>} */ (within.querySelectorAll(selector))];

/**
 * What an event happened in: the nearest element around it that a selector names.
 * @template {Element} [Found=HTMLElement]
 * @param {{ target: EventTarget | null }} event
 * @param {string} selector
 * @returns {Found | null}
 */
export const findAround = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties]
 * @param {(Node | string)[]} [children]
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export const make = (name, properties = {}, children = [], attributes = {}) => {
  const element = Object.assign(document.createElement(name), properties);
  Object.entries(attributes).forEach(([key, text]) => element.setAttribute(key, text));
  element.append(...children);
  return element;
};

/**
 * @param {string} markup
 * @returns {DocumentFragment}
 */
export const parse = (markup) => make("template", { innerHTML: markup }).content;

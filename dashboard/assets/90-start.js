// Everything is known: the pictures that came with the page are made ready, and the point that the address names is opened.
(() => {
  "use strict";
  window.footnoted.drawStages();
  window.footnoted.showPoint(window.footnoted.readPoint());
})();

// Everything is known: the page that came is made ready, and the point that the address names is opened.
(() => {
  "use strict";
  window.footnoted.land();
})();

// A chart alone in a frame tells the page around it how high it is, whenever that changes.
(() => {
  "use strict";
  if (window.parent === window || !document.documentElement.classList.contains("embed")) return;
  let said = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    // Any site may hold the frame, and its height is no secret.
    if (height !== said) window.parent.postMessage({ footnotedHeight: height }, "*");
    said = height;
  };
  new ResizeObserver(tell).observe(document.body);
})();

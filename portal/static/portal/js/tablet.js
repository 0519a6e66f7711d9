// The tablet at the counter starts again when nobody has touched it for a while, sooner after a thank-you.
(() => {
  "use strict";
  const page = document.querySelector("[data-idle]");
  if (!page) return;
  const seconds = document.querySelector("[data-soon]") ? 15 : 180;
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(page.dataset.idle), seconds * 1000);
  };
  ["pointerdown", "keydown", "scroll", "input"].forEach((name) => addEventListener(name, wait, { passive: true }));
  wait();
})();

// The keyboard of the desk: j and k walk the rows, Enter opens (the focus is a link), "/" searches.
// A switch turns the letters off (WCAG 2.1.4); the choice stays in this browser.
(() => {
  "use strict";
  const bar = document.querySelector("[data-keys]");
  const toggle = document.querySelector("[data-keys-switch]");
  let on = localStorage.getItem("desk-keys") !== "off";
  const show = () => toggle?.setAttribute("aria-pressed", String(on));
  if (bar) bar.hidden = false;
  show();
  toggle?.addEventListener("click", () => {
    on = !on;
    localStorage.setItem("desk-keys", on ? "on" : "off");
    show();
  });

  const links = () => [...document.querySelectorAll("[data-row]")]
    .map((row) => row.querySelector("[data-row-link]") || row.querySelector("a, button"))
    .filter((link) => link && link.offsetParent !== null);

  const walk = (step) => {
    const rows = links();
    if (!rows.length) return;
    const row = document.activeElement.closest("[data-row]");
    const here = rows.findIndex((link) => row && row.contains(link));
    const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step;
    rows[Math.min(Math.max(next, 0), rows.length - 1)].focus();
  };

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "/") {
      const field = [...document.querySelectorAll("[data-search]")].filter((one) => one.offsetParent !== null).pop();
      if (!field) return;
      field.focus();
      field.select();
    } else return;
    event.preventDefault();
  });
})();

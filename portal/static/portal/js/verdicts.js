// Judging papers quickly: the preview follows the row, s says "sesuai", t opens the reason, and after a
// verdict the next unchecked paper is there. Everything also works by clicking, and without this file.
(() => {
  "use strict";
  const frame = document.querySelector("iframe[name=pratinjau]");
  const opener = document.querySelector("[data-preview-open]");
  const wide = window.matchMedia("(min-width: 75rem)");
  const on = () => localStorage.getItem("desk-keys") !== "off";
  let shown = frame?.src;
  let judging = false; // a verdict is on its way

  const preview = (link) => {
    document.querySelectorAll(".requirement.is-shown").forEach((row) => row.classList.remove("is-shown"));
    link.closest(".requirement")?.classList.add("is-shown");
    if (!frame || !wide.matches || link.href === shown) return;
    shown = link.href;
    link.closest(".requirement")?.querySelector("[data-unopened]")?.remove();
    frame.contentWindow.location.replace(link.href);
    if (opener) opener.href = link.href;
  };

  const hint = document.querySelector("[data-keys-more]");
  if (hint && wide.matches) hint.hidden = false;

  document.addEventListener("focusin", (event) => {
    const link = event.target.closest("[data-preview]");
    if (link) preview(link);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-preview]");
    if (!link || !frame || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    preview(link);
  });

  document.addEventListener("keydown", (event) => {
    if (!on() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const row = document.activeElement?.closest(".requirement[data-row]");
    if (!row) return;
    if (event.repeat || judging) { // a held key judges one paper, and one act ends before the next
      if ("st".includes(event.key)) event.preventDefault();
      return;
    }
    const again = row.querySelector(".judge-again");
    if (again && !again.open && "st".includes(event.key)) { // a verdict is not overturned by one slip
      again.open = true;
      again.querySelector("button, summary.btn")?.focus();
    } else if (event.key === "s") row.querySelector("form[data-accept] button")?.click();
    else if (event.key === "t") {
      const fold = row.querySelector("[data-refuse]");
      if (!fold) return;
      fold.open = true;
      fold.querySelector("input[name=reason]").focus();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("[data-refuse]") && event.target.open) event.target.querySelector("input[name=reason]").focus();
  }, true);

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (judging && event.target.closest?.(".judge")) event.preventDefault();
    else if (event.target.closest?.(".judge")) judging = true;
  });
  document.addEventListener("htmx:afterRequest", () => { judging = false; });

  // An answer that is not a requirement (signed out, moved on) belongs to the whole page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (event.detail.xhr.responseText.includes("data-session-over")) return; // typed.js says it at the form
    if (!target?.matches?.(".requirement") || event.detail.xhr.responseText.includes(`id="${target.id}"`)) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (!detail.xhr.responseText.includes("data-session-over")) location.reload();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.detail.elt;
    if (!row?.matches?.(".requirement[data-row]")) return;
    const again = row.querySelector("[aria-invalid]");
    if (again) { again.focus(); return; }
    const rows = [...document.querySelectorAll(".requirement[data-row]")];
    const later = rows.slice(rows.indexOf(row) + 1).concat(rows);
    const next = later.find((one) => one.hasAttribute("data-unchecked"));
    const target = next
      ? [...next.querySelectorAll("a, button, summary")].find((one) => one.offsetParent !== null)
      : document.querySelector("#lengkap-tombol button:not(:disabled), #kembali-tombol button:not(:disabled)");
    if (!next) target?.closest("details")?.setAttribute("open", "");
    target?.focus();
    (next || target)?.scrollIntoView({ block: "center" });
  });
})();

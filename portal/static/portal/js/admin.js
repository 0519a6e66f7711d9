/* The administration pages: sections that a clerk opened stay open after saving; on a phone the
   rows of a list stand one under the other, each cell under the name of its column. */
(() => {
  "use strict";
  const key = `open:${location.pathname}`;
  const sections = [...document.querySelectorAll(".inline-group details, fieldset details")];
  const name = (section) => {
    const group = section.closest(".inline-group");
    return group ? group.id : `fieldset-${sections.indexOf(section)}`;
  };
  const open = new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
  for (const section of sections) {
    if (open.has(name(section))) section.open = true;
    section.addEventListener("toggle", () => {
      const now = sections.filter((each) => each.open).map(name);
      sessionStorage.setItem(key, JSON.stringify(now));
    });
  }
  for (const link of document.querySelectorAll(".sections a")) {
    link.addEventListener("click", () => {
      const section = document.querySelector(`${link.hash} details`);
      if (section) section.open = true;
    });
  }
  const list = document.querySelector("#result_list");
  if (list) {
    const names = [...list.querySelectorAll("thead th")].map((cell) => {
      const text = cell.querySelector(".text");
      return text ? text.textContent.trim() : "";
    });
    for (const row of list.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, place) => {
        if (cell.classList.contains("action-checkbox")) return;
        cell.dataset.label = names[place] || "";
        if (cell.textContent.trim() === "-") cell.classList.add("nothing");
      });
    }
    list.classList.add("stack");
  }
})();

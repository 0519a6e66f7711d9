/* Rows of a list that keep their own order: a handle moves them by mouse, finger or arrow keys, and
   the numbers in their fields follow. Without this file a clerk types the numbers. */
(() => {
  "use strict";
  const ORDER = 'input[name$="-order"]';
  const rowsOf = (group) =>
    [...group.querySelectorAll(".inline-related, tr.form-row")].filter(
      (row) => !row.classList.contains("empty-form") && row.querySelector(ORDER),
    );
  const isGone = (row) => Boolean(row.querySelector('input[name$="-DELETE"]:checked'));
  const isBlank = (row) =>
    !row.classList.contains("has_original") &&
    ![...row.querySelectorAll("input:not([type=hidden]), textarea")].some(
      (field) => !field.matches(ORDER) && field.type !== "checkbox" && field.value.trim(),
    );
  /* The rows of a table or group of requirements are counted in a list of their own. */
  const listOf = (row) => {
    const part = row.querySelector('select[name$="-group"], select[name$="-rule"]');
    return part ? part.value : "";
  };

  const number = (group) => {
    const places = new Map();
    for (const row of rowsOf(group)) {
      if (isGone(row) || isBlank(row)) continue;
      const list = listOf(row);
      const place = (places.get(list) || 0) + 1;
      places.set(list, place);
      row.querySelector(ORDER).value = place;
    }
  };

  const say = (group, row) => {
    const box = group.querySelector(".row-said");
    const rows = rowsOf(group);
    box.textContent = `${box.dataset.said} ${rows.indexOf(row) + 1} / ${rows.length}`;
  };

  const step = (group, row, by) => {
    const rows = rowsOf(group);
    const other = rows[rows.indexOf(row) + by];
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    number(group);
    row.querySelector(".row-handle").focus();
    say(group, row);
  };

  const dress = (group, row, label) => {
    if (row.querySelector(".row-handle") || !row.querySelector(ORDER)) return;
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "row-handle";
    handle.textContent = "⇅";
    handle.title = label;
    handle.setAttribute("aria-label", label);
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      step(group, row, by);
    });
    handle.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      handle.setPointerCapture(event.pointerId);
      row.classList.add("row-moving");
    });
    handle.addEventListener("pointermove", (event) => {
      if (!row.classList.contains("row-moving")) return;
      const over = document
        .elementsFromPoint(event.clientX, event.clientY)
        .map((each) => each.closest(".inline-related, tr.form-row"))
        .find((each) => each && each !== row && rowsOf(group).includes(each));
      if (!over) return;
      const rows = rowsOf(group);
      const box = over.getBoundingClientRect();
      const below = event.clientY >= box.top + box.height / 2;
      const from = rows.indexOf(row);
      const to = rows.indexOf(over);
      /* the others move: a handle that is taken out of the page is let go by the pointer */
      const place = to + (below ? 1 : 0) - (to > from ? 1 : 0);
      rows.slice(from + 1, place + 1).forEach((each) => row.before(each));
      if (place < from) rows.slice(place, from).reverse().forEach((each) => row.after(each));
    });
    const drop = () => {
      if (!row.classList.contains("row-moving")) return;
      row.classList.remove("row-moving");
      number(group);
      say(group, row);
    };
    handle.addEventListener("pointerup", drop);
    handle.addEventListener("lostpointercapture", drop);
    const place = row.querySelector("h3") || row.querySelector(ORDER).parentElement;
    place.prepend(handle);
  };

  /* A row that was just typed can be chosen in the lists below it before anything is saved. */
  let keys = 0;
  const typedRows = (list, naming) =>
    [...document.querySelectorAll(`[name^="${list}-"][name$="-${naming}"]`)]
      .map((field) => ({ field, prefix: field.name.slice(0, -naming.length - 1) }))
      .filter(({ field, prefix }) => {
        const id = document.querySelector(`[name="${prefix}-id"]`);
        return /-\d+$/.test(prefix) && field.value.trim() && !(id && id.value);
      });
  const offer = () => {
    for (const choice of document.querySelectorAll("select[data-rows]")) {
      const chosen = choice.selectedOptions[0];
      const value = chosen ? chosen.value : "";
      let key = chosen ? chosen.dataset.key : "";
      const rows = typedRows(choice.dataset.rows, choice.dataset.naming);
      for (const { field, prefix } of rows) {
        field.dataset.key = field.dataset.key || `k${(keys += 1)}`;
        if (!key && value === prefix) key = field.dataset.key;
      }
      for (const option of [...choice.options]) {
        if (/^[a-z_]+-\d+$/.test(option.value)) option.remove();
      }
      for (const { field, prefix } of rows) {
        if (choice.name.startsWith(`${prefix}-`)) continue;
        const option = new Option(field.value.trim().slice(0, 60), prefix);
        option.dataset.key = field.dataset.key;
        choice.add(option);
        if (key === field.dataset.key) option.selected = true;
      }
    }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("input, textarea")) offer();
  });
  document.addEventListener("formset:added", offer);
  document.addEventListener("formset:removed", offer);

  const words = document.querySelector("#row-words");
  if (!words) return;
  offer();
  for (const group of document.querySelectorAll(".inline-group")) {
    if (!group.querySelector(ORDER)) continue;
    const box = document.createElement("p");
    box.className = "row-said help";
    box.setAttribute("aria-live", "polite");
    box.dataset.said = words.dataset.said;
    group.append(box);
    for (const row of rowsOf(group)) dress(group, row, words.dataset.move);
  }
  document.addEventListener("formset:added", (event) => {
    const group = event.target.closest(".inline-group");
    if (group) dress(group, event.target, words.dataset.move);
  });
})();

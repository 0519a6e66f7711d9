// What was typed outlives the end of a session. A form that is sent is kept in this tab until the next
// page of its person shows that it arrived; if the login (or "isian belum terkirim") comes instead, the
// form is filled in again on its page. Passwords, codes, hidden fields and files are never kept, nor is a
// form marked data-typed="never".
(() => {
  "use strict";
  const PREFIX = "typed:";
  const person = document.querySelector("meta[name=portal-person]")?.content;
  const address = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
  const fields = (form) => [...form.elements].filter((one) => one.name
    && one.matches("input:not([autocomplete=one-time-code]), select, textarea") && !/^(hidden|password|file|submit|button)$/.test(one.type));
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";
  const kept = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key, ...JSON.parse(sessionStorage.getItem(key)) }));
  const put = ({ key, ...item }) => sessionStorage.setItem(key, JSON.stringify(item));
  const forget = (form) => sessionStorage.removeItem(PREFIX + address(form));

  // left: the form was not taken
  const keep = (form, left) => {
    if (!person || form.method !== "post" || form.dataset.typed === "never") return;
    const values = fields(form).map((one) => (ticks(one) ? [one.name, one.value, one.checked]
      : [one.name, one.multiple ? [...one.selectedOptions].map((option) => option.value) : one.value]));
    if (values.some(([, value, on]) => on ?? value.length)) put({ key: PREFIX + address(form), person, left, values });
  };

  const fillIn = (form, values) => {
    const open = fields(form);
    values.forEach(([name, value, on]) => {
      const at = open.findIndex((one) => one.name === name && (on === undefined || one.value === value));
      if (at < 0) return;
      const [field] = open.splice(at, 1);
      if (on !== undefined) field.checked = on;
      else if (field.multiple) [...field.options].forEach((option) => { option.selected = value.includes(option.value); });
      else field.value = value;
    });
    for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    form.prepend(document.querySelector("#diisikan-kembali").content.cloneNode(true));
    form.scrollIntoView({ block: "center" });
    fields(form)[0]?.dispatchEvent(new Event("change", { bubbles: true })); // a form that saves itself does so now
  };

  const arrive = () => {
    const between = document.querySelector("[data-typed-kept]");
    if (between) {
      kept().forEach((item) => put({ ...item, left: true }));
      between.hidden = !kept().length;
      return;
    }
    if (!person) return;
    kept().filter((item) => item.person !== person || !item.left).forEach((item) => sessionStorage.removeItem(item.key));
    const forms = [...document.querySelectorAll("form[method=post]")];
    kept().forEach((item) => {
      const names = new Set(item.values.map(([name]) => name));
      const form = forms.find((one) => PREFIX + address(one) === item.key && fields(one).some((field) => names.has(field.name)));
      if (form) fillIn(form, item.values);
    });
  };
  document.addEventListener("DOMContentLoaded", () => setTimeout(arrive)); // after htmx has seen the page

  document.addEventListener("submit", (event) => {
    if (address(event.target).endsWith("/logout/")) kept().forEach((item) => sessionStorage.removeItem(item.key));
    else keep(event.target, false);
  }, true);

  // A piece of the page that could not be fetched says so at its form; the words stay until the person leaves.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.xhr.responseText.includes("data-session-over")) return;
    detail.shouldSwap = false;
    const changed = detail.requestConfig.triggeringEvent?.target;
    const field = changed?.closest?.(".field, .upload");
    document.querySelectorAll("[data-session-over]").forEach((one) => one.remove());
    (field || detail.elt).insertAdjacentHTML(field ? "afterend" : "beforeend", detail.xhr.responseText);
    const form = detail.elt.closest("form");
    if (form) keep(form, true);
  });
  window.addEventListener("pagehide", () => document.querySelectorAll("form:has([data-session-over])").forEach((form) => keep(form, true)));
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && detail.elt.matches("form")) forget(detail.elt);
  });
})();

// What every page may use. Each page works without it.
(() => {
  "use strict";
  const all = (selector, where = document) => [...where.querySelectorAll(selector)];

  // Light, dark or as the device: a cookie, so that the server already sends the right page.
  const root = document.documentElement;
  const mark = () => all("[data-theme-choice]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.bsTheme || "")));
  });
  all(".theme-switch").forEach((group) => { group.hidden = false; });
  all("[data-theme-choice]").forEach((button) => button.addEventListener("click", () => {
    const choice = button.dataset.themeChoice;
    if (choice) root.dataset.bsTheme = choice; else delete root.dataset.bsTheme;
    const age = choice ? 31536000 : 0;
    const name = button.closest(".theme-switch").dataset.cookie;
    document.cookie = `${name}=${choice}; path=/; max-age=${age}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    document.querySelector("meta[name=color-scheme]")?.setAttribute("content", choice || "light dark");
    mark();
  }));
  mark();

  // A key that is held presses once: what comes under the focus next is not pressed with it.
  document.addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Enter" && !event.target.closest("textarea")) event.preventDefault();
  }, true);

  // Menus close when one clicks elsewhere, leaves them or presses Escape.
  document.addEventListener("click", (event) => all("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // What is marked data-saves saves itself, in its order: the whole form waits until it has arrived,
  // so that an earlier half is not kept last; ten seconds at most, then it goes all the same.
  const isSaving = (form) => form.matches("[data-saves].htmx-request") || form.querySelector("[data-saves].htmx-request");
  const sendAfterwards = (form, button) => {
    form.dataset.waits = "yes";
    const until = Date.now() + 10000;
    const look = () => {
      if (isSaving(form) && Date.now() < until) { setTimeout(look, 100); return; }
      form.dataset.waits = "over";
      form.requestSubmit(button?.isConnected ? button : null);
      delete form.dataset.waits;
    };
    look();
  };

  // A form marked data-once is sent once; coming back with the browser's arrow frees it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent || form.dataset.waits === "yes") { event.preventDefault(); return; }
    if (!form.dataset.waits && isSaving(form)) { event.preventDefault(); sendAfterwards(form, event.submitter); return; }
    if (!("once" in form.dataset)) return;
    form.dataset.sent = "yes";
    all("button[type=submit]", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  // Going back to a page gives its forms the tokens they had: what was sent from it is known again.
  const tokens = all("input[name=once], input[name=tanda]");
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type === "back_forward" && history.state?.once?.length === tokens.length) {
    tokens.forEach((field, n) => { field.value = history.state.once[n]; });
  } else if (tokens.length) {
    history.replaceState({ ...history.state, once: tokens.map((field) => field.value) }, "");
  }

  // The list of faults is read first.
  document.querySelector("[data-focus]")?.focus();

  // A piece of the page that was exchanged gives back the focus it took along.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (document.activeElement === document.body) event.detail.elt.querySelector("[data-refocus]")?.focus();
  });

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  all("[data-copy]").forEach((button) => {
    const source = document.querySelector(button.dataset.copy);
    if (!source || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent.trim());
      const label = button.textContent;
      if (button.dataset.copied) button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  });
})();

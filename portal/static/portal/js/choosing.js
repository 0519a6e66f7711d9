/* What exists is chosen where a code, a number or a heading is written: facts in conditions and tariffs,
   steps, columns. The field that is written stays; without this file it is typed. A row that was just
   typed counts at once: its code is made of its words. */
(() => {
  "use strict";
  const offered = JSON.parse(document.querySelector("#offered")?.textContent || "null");
  if (!offered) return;
  const valueOf = (name) => document.querySelector(`[name="${name}"]`)?.value || "";
  const isGone = (prefix) => Boolean(document.querySelector(`[name="${prefix}-DELETE"]:checked`));
  const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
  const written = (list, naming) =>
    [...document.querySelectorAll(`[name^="${list}-"][name$="-${naming}"]`)]
      .map((field) => field.name.slice(0, -naming.length - 1))
      .filter((prefix) => /-\d+$/.test(prefix) && valueOf(`${prefix}-${naming}`).trim() && !isGone(prefix));

  const ticked = () =>
    offered.ticks
      .map((fact) => (fact.tick ? fact : {
        ...fact,
        choices: Object.keys(fact.choices).filter((name) => document.querySelector(`[name="${name}"]:checked`))
          .map((name) => fact.choices[name]),
      }))
      .filter((fact) => (fact.tick ? document.querySelector(`[name="${fact.tick}"]:checked`) : fact.choices.length));

  const facts = () => {
    const found = new Map(offered.facts.map((fact) => [fact.key, fact]));
    for (const field of document.querySelectorAll('[name^="facts-"][name$="-key"]')) found.delete(field.defaultValue);
    for (const prefix of written("facts", "label")) {
      const key = valueOf(`${prefix}-key`).trim();
      const choices = lines(valueOf(`${prefix}-choices_text`));
      if (key) found.set(key, { key, label: valueOf(`${prefix}-label`).trim(), kind: valueOf(`${prefix}-kind`), choices });
    }
    for (const fact of ticked()) found.set(fact.key, { ...fact, label: found.get(fact.key)?.label || fact.label });
    return [...found.values()];
  };

  /* as standards.models.facts.keyed makes it when the page is saved */
  const makeKey = (prefix) => {
    const field = document.querySelector(`[name="${prefix}-key"]`);
    const words = valueOf(`${prefix}-label`).trim();
    if (!field || field.value.trim() || !words || valueOf(`${prefix}-id`)) return;
    const others = [...document.querySelectorAll('[name^="facts-"][name$="-key"]')].map((each) => each.value.trim());
    const taken = new Set([...others, ...offered.reserved]);
    const plain = words.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase().replace(/[^\w\s-]/g, "");
    const stem = plain.trim().replace(/[-\s]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 34).replace(/_+$/, "") || "isian";
    let key = stem;
    for (let number = 2; taken.has(key); number += 1) key = `${stem}_${number}`;
    field.value = key;
  };

  const copy = (id) => document.querySelector(id).content.firstElementChild.cloneNode(true);
  const say = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));
  const quoted = (value) => (/^[^;|"=<>!≠≥≤\n]+$/.test(value) && value === value.trim() ? value : `"${value.replaceAll('"', '""')}"`);
  const put = (select, rows) => select.replaceChildren(...rows.map(([value, words]) => new Option(words, value)));

  const helpWithCondition = (field) => {
    const box = copy("#choose-condition");
    const part = (name) => box.querySelector(`[data-${name}]`);
    const said = box.querySelector("[aria-live]");
    const show = (name, shown) => { part(name).closest("label").hidden = !shown; };
    const chosen = () => facts().find((fact) => fact.key === part("fact").value);
    const answers = () => {
      const fact = chosen();
      const operator = part("operator").value;
      const named = fact.kind === "ya_tidak" ? Object.entries(offered.answers) : fact.choices.map((each) => [each, each]);
      const asks = !["given", "not_given"].includes(operator);
      const several = operator === "one_of";
      for (const name of ["choice", "choices"]) put(part(name), named);
      show("choice", asks && named.length && !several);
      show("choices", asks && named.length && several);
      show("words", asks && !named.length);
      part("words").type = fact.kind === "tanggal" && !several ? "date" : "text";
      part("words").value = "";
      show("joined", field.value.trim());
    };
    const operators = () => {
      const allowed = offered.kinds[chosen().kind] || [];
      const options = [...part("operator").options];
      for (const option of options) option.hidden = option.disabled = !allowed.includes(option.value);
      part("operator").value = allowed[0];
      answers();
    };
    const values = () => {
      const part_ = ["choice", "choices", "words"].map(part).find((each) => !each.closest("label").hidden);
      if (!part_) return [];
      if (part_.multiple) return [...part_.selectedOptions].map((option) => option.value);
      const many = part("operator").value === "one_of" ? part_.value.split("|") : [part_.value];
      return many.map((each) => each.trim()).filter(Boolean);
    };
    part("open").addEventListener("click", () => {
      const rows = facts();
      said.textContent = rows.length ? "" : said.dataset.none;
      part("parts").hidden = !rows.length || !part("parts").hidden;
      part("open").setAttribute("aria-expanded", String(!part("parts").hidden));
      if (part("parts").hidden) return;
      put(part("fact"), rows.map((fact) => [fact.key, fact.label]));
      operators();
      part("fact").focus();
    });
    part("fact").addEventListener("change", operators);
    part("operator").addEventListener("change", answers);
    part("write").addEventListener("click", () => {
      const operator = part("operator").value;
      const given = values();
      const asks = !["given", "not_given"].includes(operator);
      said.textContent = asks && !given.length ? said.dataset.lacks : "";
      if (asks && !given.length) return;
      const words = [part("fact").value, offered.signs[operator], given.map(quoted).join(" | ")].filter(Boolean).join(" ");
      const before = field.value.trimEnd();
      field.value = before ? `${before}${part("joined").value}${words}` : words;
      part("parts").hidden = true;
      part("open").setAttribute("aria-expanded", "false");
      say(field);
      field.focus();
    });
    field.after(box);
  };

  /* one list beside a field: the number of one step takes the place of what is written, the rest comes behind it */
  const steps = () => offered.steps.map((step) => [step.value, step.label]);
  const CHOICES = {
    units: { behind: ", ", rows: () => facts().filter((fact) => offered.units.includes(fact.kind)).map((fact) => [fact.key, fact.label]) },
    steps: { behind: "", rows: steps },
    several_steps: { behind: "\n", rows: steps },
    roles: { behind: "\n", rows: () => written("roles", "label").map((prefix) => valueOf(`${prefix}-label`).trim()).map((each) => [each, each]) },
  };
  const helpToChoose = (field) => {
    const box = copy("#choose");
    const select = box.querySelector("select");
    const { behind, rows } = CHOICES[field.dataset.choose];
    const first = select.options[0];
    const fill = () => {
      put(select, rows());
      select.prepend(first);
      first.selected = true;
    };
    select.addEventListener("pointerdown", fill);
    select.addEventListener("focus", fill);
    select.addEventListener("change", () => {
      const before = field.value.trim();
      if (select.value) field.value = before && behind ? `${before}${behind}${select.value}` : select.value;
      say(field);
      first.selected = true;
    });
    fill();
    field.after(box);
  };

  const dress = (part) => {
    const fields = [...part.querySelectorAll("[data-condition], [data-choose]")];
    for (const field of fields.filter((each) => !each.name.includes("__prefix__"))) {
      if (field.nextElementSibling?.classList.contains("choose")) continue;
      if (field.matches("[data-condition]")) helpWithCondition(field);
      else helpToChoose(field);
    }
  };
  document.addEventListener("change", (event) => {
    const [prefix] = /^facts-\d+(?=-label$)/.exec(event.target.name || "") || [];
    if (prefix) makeKey(prefix);
  });
  document.addEventListener("formset:added", (event) => dress(event.target));
  dress(document);
})();

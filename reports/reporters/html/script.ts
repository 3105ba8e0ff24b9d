/**
 * The script of the page: filters, language, folding, links to a scenario. Without it everything can
 * still be read. It makes no markup, only hides, opens and fills in what is there.
 *
 * The address carries the filters (`report.html?outcome=failed&system=jpki&words=63C2&lang=en`), so
 * that a view can be handed on.
 */
export const SCRIPT = `
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.getElementById("filters");
  const listing = document.getElementById("listing");
  const shown = document.getElementById("shown");
  const scenarios = all("details.scenario");
  const systems = all("section.system");
  const fields = form.elements;
  const texts = new Map();

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const searchText = (scenario) => {
    if (!texts.has(scenario)) texts.set(scenario, plain(scenario.textContent).replace(/\\s+/g, ""));
    return texts.get(scenario);
  };
  const searchWords = (typed) => {
    const words = plain(typed).trim();
    const bytes = /^([0-9a-f]{2}\\s*)+$/.test(words);
    return bytes ? [words.replace(/\\s+/g, "")] : words.split(/\\s+/).filter(Boolean);
  };

  const filter = () => {
    const words = searchWords(fields.words.value);
    let count = 0;
    for (const scenario of scenarios) {
      const matches =
        (!fields.outcome.value || scenario.dataset.outcome === fields.outcome.value) &&
        (!fields.system.value || scenario.parentElement.dataset.system === fields.system.value) &&
        words.every((word) => searchText(scenario).includes(word));
      scenario.hidden = !matches;
      if (matches) count += 1;
    }
    for (const system of systems) {
      system.hidden = !system.querySelector("details.scenario:not([hidden])");
    }
    const [ofJa, ja, en, ofEn] = all("b", shown);
    ofJa.textContent = ofEn.textContent = scenarios.length;
    ja.textContent = en.textContent = count;
    shown.classList.toggle("partial", count < scenarios.length);
  };

  const language = () => document.querySelector("input[name=language]:checked").value;
  const speak = () => {
    document.documentElement.lang = language();
    for (const option of all("option", form)) option.textContent = option.dataset[language()];
  };

  const remember = () => {
    const address = new URL(location.href);
    const values = {
      outcome: fields.outcome.value,
      system: fields.system.value,
      words: fields.words.value,
      lang: language() === document.documentElement.dataset.language ? "" : language(),
    };
    for (const [name, value] of Object.entries(values)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    try {
      history.replaceState(null, "", address);
    } catch {
      // Some places a page is shown in have no address of their own.
    }
  };

  const recall = () => {
    const values = new URL(location.href).searchParams;
    const choose = (name, value) => {
      for (const input of all("input[name=" + name + "]")) {
        if (input.value === value) input.checked = true;
      }
    };
    choose("language", values.get("lang"));
    choose("outcome", values.get("outcome"));
    if (all("option", form).some((option) => option.value === values.get("system"))) {
      fields.system.value = values.get("system");
    }
    fields.words.value = values.get("words") ?? "";
  };

  const openTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.matches("details.scenario")) return;
    if (target.hidden) {
      form.reset();
      filter();
    }
    target.open = true;
    target.scrollIntoView();
  };

  form.addEventListener("input", () => { filter(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of all("button[data-fold]", listing)) {
    button.addEventListener("click", () => {
      for (const scenario of scenarios) {
        if (!scenario.hidden) scenario.open = button.dataset.fold === "open";
      }
    });
  }
  for (const input of all("input[name=language]")) {
    input.addEventListener("change", () => { speak(); remember(); });
  }
  addEventListener("hashchange", openTarget);

  recall();
  speak();
  filter();
  form.hidden = listing.hidden = false;
  openTarget();
})();
`;

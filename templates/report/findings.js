// Search, filters and grouping of a release page.
"use strict";
(() => {
  const { entries, matches, hooks, follow, readFields, writeFields } = window.report;
  const form = document.querySelector("form.filters");
  if (form === null) {
    follow();
    return;
  }
  const output = form.querySelector("output");
  const findings = document.getElementById("findings");
  const cards = entries.filter((entry) => entry.dataset.level !== undefined);
  const field = (name) => form.elements.namedItem(name);
  const original = [...findings.children];
  const places = new Map(cards.map((card) => [card, card.parentElement]));

  const regroup = (by) => {
    for (const [card, section] of places) section.append(card);
    if (by === "") {
      findings.replaceChildren(...original);
      return;
    }
    const keysOf = {
      operation: (card) => (card.dataset.reach === "" ? ["not reached"] : card.dataset.reach.split("|")),
      type: (card) => [card.dataset.type],
      rule: (card) => [card.dataset.rule],
    }[by];
    const groups = new Map();
    for (const card of cards) {
      keysOf(card).forEach((key) => {
        const list = groups.get(key);
        if (list) list.push(card);
        else groups.set(key, [card]);
      });
    }
    const placed = new Set();
    const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    findings.replaceChildren(
      ...sorted.map(([key, list]) => {
        const section = document.createElement("section");
        section.dataset.group = "";
        const heading = document.createElement("h2");
        const count = document.createElement("span");
        count.className = "quiet";
        count.textContent = ` ${list.length}`;
        heading.append(key.replace(/^\* /u, "all operations "), count);
        section.append(heading);
        for (const card of list) {
          if (!placed.has(card)) {
            placed.add(card);
            section.append(card);
            continue;
          }
          // A finding has one place on a page; where it belongs to another group too, that group points to it.
          const line = document.createElement("p");
          line.className = "also";
          line.dataset.of = card.id;
          const link = document.createElement("a");
          link.href = `#${card.id}`;
          link.textContent = card.querySelector("h3").textContent;
          line.append(link, " (above)");
          section.append(line);
        }
        return section;
      }),
    );
  };

  const wanted = ["level", "direction", "service", "rule"];
  const apply = () => {
    const query = field("q").value.trim();
    let shown = 0;
    for (const entry of entries) {
      const isCard = entry.dataset.level !== undefined;
      const fits =
        (query === "" || matches(entry, query)) &&
        (!isCard ||
          wanted.every((name) => {
            const value = field(name).value;
            return value === "" || (entry.dataset[name] ?? "").split(" ").includes(value);
          }));
      entry.hidden = !fits;
      if (fits && isCard) shown++;
    }
    for (const line of findings.querySelectorAll("[data-of]"))
      line.hidden = document.getElementById(line.dataset.of).hidden;
    for (const section of document.querySelectorAll("[data-group], .body > section:has([data-entry])"))
      section.hidden = section.querySelector("[data-entry]:not([hidden]), [data-of]:not([hidden])") === null;
    for (const link of document.querySelectorAll(".contents a[href^='#']")) {
      const entry = document.getElementById(link.hash.slice(1));
      if (entry?.matches("[data-entry]")) link.parentElement.hidden = entry.hidden;
    }
    for (const list of document.querySelectorAll(".contents details ul")) {
      const empty = list.querySelector("li:not([hidden])") === null;
      list.hidden = empty;
      list.previousElementSibling.hidden = empty;
    }
    output.value = `${shown} of ${cards.length} findings`;
    writeFields(form);
  };
  const update = () => {
    regroup(field("group").value);
    apply();
  };

  // Very many findings are sifted when a word is typed, not at each letter.
  let waiting = 0;
  const applySoon = () => {
    clearTimeout(waiting);
    if (cards.length > 500) waiting = setTimeout(apply, 200);
    else apply();
  };
  form.addEventListener("input", (event) => (event.target.name === "group" ? update() : applySoon()));
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  const expand = form.querySelector("[data-action=expand]");
  expand.addEventListener("click", () => {
    const open = expand.getAttribute("aria-pressed") !== "true";
    expand.setAttribute("aria-pressed", String(open));
    expand.textContent = open ? "Close all" : "Open all";
    for (const details of document.querySelectorAll("details.why")) details.open = open;
  });

  hooks.reveal = (entry) => {
    if (entry.hidden || entry.closest("[hidden]") !== null) hooks.clear();
  };
  hooks.clear = () => {
    form.reset();
    update();
  };
  hooks.group = () => {
    const select = field("group");
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
    update();
  };

  readFields(form);
  update();
  follow();
})();

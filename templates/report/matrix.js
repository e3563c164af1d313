// Search, filters and comparison of two columns of the matrix.
"use strict";
(() => {
  const { entries, matches, hooks, follow, addCopy, readFields, writeFields } = window.report;
  const form = document.querySelector("form.filters");
  const table = document.querySelector("table.matrix");
  if (form === null || table === null) return;
  const output = form.querySelector("output");
  const box = document.getElementById("comparison");
  const field = (name) => form.elements.namedItem(name);
  const releases = [...field("from").options].slice(1).map((option) => option.value);
  const buttons = [...table.querySelectorAll("[data-column]")];

  // What two releases differ in: there and not, or there and changed in between.
  const difference = (state, from, to) => {
    const there = (index) => "pe".includes(state[index]);
    if (there(from) !== there(to)) return there(to) ? "added" : "removed";
    const events = state.slice(from + 1, to + 1);
    return there(to) && /[ex]/.test(events) ? "changed" : undefined;
  };

  const pair = () => {
    const chosen = [field("from").value, field("to").value].map((id) => releases.indexOf(id));
    if (chosen.some((index) => index < 0) || chosen[0] === chosen[1]) return undefined;
    return chosen.sort((a, b) => a - b);
  };

  const showComparison = (compared, counts) => {
    box.hidden = compared === undefined;
    if (compared === undefined) return;
    const [from, to] = compared.map((index) => releases[index]);
    const heading = document.createElement("h3");
    heading.textContent = `${from} → ${to}`;
    const text = document.createElement("p");
    const words = ["added", "changed", "removed"].map((word) => `${counts[word] ?? 0} ${word}`);
    text.textContent = `${words.join(", ")}. The rows below are those that differ. All details, judged: `;
    const command = document.createElement("code");
    command.textContent = `xsd-strata diff ${from} ${to}`;
    text.append(command);
    box.replaceChildren(heading, text);
    addCopy(command);
  };

  const apply = () => {
    const query = field("q").value.trim();
    const compared = pair();
    const counts = {};
    let shown = 0;
    for (const entry of entries) {
      const kind = compared && difference(entry.dataset.state, ...compared);
      const fits =
        (query === "" || matches(entry, query)) &&
        ["kind", "service"].every((name) => {
          const value = field(name).value;
          return value === "" || entry.dataset[name].split(" ").includes(value);
        }) &&
        (compared === undefined || kind !== undefined);
      entry.hidden = !fits;
      if (!fits) continue;
      shown++;
      if (kind) counts[kind] = (counts[kind] ?? 0) + 1;
    }
    for (const group of table.querySelectorAll("[data-group]"))
      group.hidden = group.querySelector("[data-entry]:not([hidden])") === null;
    const chosen = new Set([field("from").value, field("to").value]);
    buttons.forEach((button, index) => {
      const on = chosen.has(button.dataset.column);
      button.setAttribute("aria-pressed", String(on));
      for (const row of table.rows) row.cells[index + 1]?.classList.toggle("chosen", on);
    });
    showComparison(compared, counts);
    output.value = `${shown} of ${entries.length} rows`;
    writeFields(form);
  };

  // The first column that is chosen is the one to compare from; a third begins anew.
  const choose = (release) => {
    const [from, to] = [field("from"), field("to")];
    if (from.value === release) [from.value, to.value] = [to.value, ""];
    else if (to.value === release) to.value = "";
    else if (from.value === "") from.value = release;
    else if (to.value === "") to.value = release;
    else [from.value, to.value] = [release, ""];
    apply();
  };
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.column));

  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  hooks.reveal = (entry) => {
    if (entry.hidden || entry.closest("[hidden]") !== null) hooks.clear();
  };
  hooks.clear = () => {
    form.reset();
    apply();
  };

  readFields(form);
  apply();
  follow();
})();

// Filters, permalinks and keys of a report page. Works without: then everything is shown.
(() => {
  const form = document.querySelector("form.filters");
  if (!form) return;
  const items = [...document.querySelectorAll("[data-search]")];
  const output = form.querySelector("output");
  const fields = [...form.elements].filter((field) => field.name);

  // Every word must occur, ignoring case; a capital hump matches by its initials as well: "gu" finds GetUser.
  const matches = (text, query) => {
    const plain = text.toLowerCase();
    const humps = text.replace(/[^A-Z /]/g, "").toLowerCase();
    return query
      .toLowerCase()
      .split(/\s+/)
      .every((word) => plain.includes(word) || humps.includes(word));
  };

  const apply = () => {
    const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    let shown = 0;
    for (const item of items) {
      const show = fields.every(({ name }) => {
        const wanted = values[name];
        if (wanted === "") return true;
        if (name === "q") return matches(item.dataset.search, wanted.trim());
        return (item.dataset[name] ?? "").split(" ").includes(wanted);
      });
      item.hidden = !show;
      if (show) shown++;
    }
    for (const section of document.querySelectorAll("[data-section]")) {
      section.hidden = !section.querySelector("[data-search]:not([hidden])");
    }
    if (output) output.value = `${shown} of ${items.length} shown`;
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""));
    const text = query.toString();
    try {
      history.replaceState(null, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
    } catch {
      // A page opened from disk may not rewrite its address; filters work all the same.
    }
  };

  const given = new URLSearchParams(location.search);
  for (const field of fields) if (given.has(field.name)) field.value = given.get(field.name);
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());

  const visible = () => items.filter((item) => !item.hidden && item.id);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "Escape" && typing) document.activeElement.blur();
    if (typing) return;
    if (event.key === "/") {
      event.preventDefault();
      form.querySelector("input[name=q]")?.focus();
    }
    if (event.key === "j" || event.key === "k") {
      const list = visible();
      const now = list.findIndex((item) => `#${item.id}` === location.hash);
      const next = list[Math.min(list.length - 1, Math.max(0, now + (event.key === "j" ? 1 : -1)))];
      if (next) {
        location.hash = next.id;
        next.focus({ preventScroll: true });
      }
    }
  });
  apply();

  // Two columns of a matrix to compare.
  const compare = document.querySelector("form.compare");
  compare?.addEventListener("submit", (event) => {
    event.preventDefault();
    const [from, to] = [compare.elements.from.value, compare.elements.to.value];
    const order = [...compare.elements.from.options].map((option) => option.value);
    const [a, b] = order.indexOf(from) <= order.indexOf(to) ? [from, to] : [to, from];
    for (const row of document.querySelectorAll("tr[data-runs]")) {
      const runs = JSON.parse(row.dataset.runs);
      const has = (id) => runs.includes(order.indexOf(id));
      row.hidden = has(a) === has(b);
    }
    compare.querySelector("output").value = `what differs between ${a} and ${b}`;
  });
  compare?.addEventListener("reset", () => {
    for (const row of document.querySelectorAll("tr[data-runs]")) row.hidden = false;
    compare.querySelector("output").value = "";
  });
})();

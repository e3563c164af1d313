// What all report pages share: theme, keys, permalinks, copying. A page works without it, and shows everything.
"use strict";
window.report = (() => {
  const root = document.documentElement;
  root.classList.add("script");

  // A page opened from disk may be forbidden to remember; then it forgets.
  const remember = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`xsd-strata ${key}`);
      localStorage.setItem(`xsd-strata ${key}`, value);
    } catch {
      return null;
    }
    return value;
  };

  const themes = ["system", "light", "dark"];
  const themeButton = document.querySelector("[data-action=theme]");
  const setTheme = (theme) => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    themeButton.textContent = `Theme: ${theme}`;
    remember("theme", theme);
  };
  setTheme(themes.find((theme) => theme === remember("theme")) ?? "system");
  themeButton.addEventListener("click", () => {
    const now = root.dataset.theme ?? "system";
    setTheme(themes[(themes.indexOf(now) + 1) % themes.length]);
  });

  const keys = document.getElementById("keys");
  const shortcuts = keys.querySelector("[data-action=shortcuts]");
  shortcuts.checked = remember("shortcuts") !== "off";
  shortcuts.addEventListener("change", () => remember("shortcuts", shortcuts.checked ? "on" : "off"));
  document.querySelector("[data-action=keys]").addEventListener("click", () => keys.showModal());

  const entries = [...document.querySelectorAll("[data-entry]")];

  // Every word must occur, ignoring case; one without capitals matches initials of humps as well: "gsi" finds GetSessionInfo.
  const humps = new WeakMap();
  const matches = (entry, query) => {
    const text = entry.dataset.search ?? "";
    const plain = text.toLowerCase();
    let initials = humps.get(entry);
    if (initials === undefined) {
      const parts = text.match(/[\p{L}\p{N}]+/gu) ?? [];
      initials = parts.map((part) => part.replace(/(?<!^)[^\p{Lu}]/gu, "").toLowerCase());
      humps.set(entry, initials);
    }
    const words = query.toLowerCase().split(/\s+/u);
    return words.every(
      (word) => plain.includes(word) || initials.some((part) => word.length > 1 && part.startsWith(word)),
    );
  };

  const setAddress = (search, hash) => {
    try {
      history.replaceState(null, "", `${location.pathname}${search}${hash}`);
    } catch {
      // Filters and links work all the same, only the address does not tell.
    }
  };

  let current;
  const makeCurrent = (entry) => {
    current?.classList.remove("current");
    current = entry;
    entry?.classList.add("current");
    for (const link of document.querySelectorAll(".contents a"))
      link.classList.toggle("current", entry !== undefined && link.hash === `#${entry.id}`);
  };

  // Pages say what to do before an entry is shown: clear filters that hide it, open what is closed.
  const hooks = { reveal: () => undefined, clear: () => undefined, group: () => undefined };
  const entryOf = (hash) => {
    try {
      const element = document.getElementById(decodeURIComponent(hash.slice(1)));
      return element?.matches("[data-entry]") ? element : undefined;
    } catch {
      return undefined;
    }
  };
  const follow = () => {
    const entry = entryOf(location.hash);
    if (entry === undefined) return;
    hooks.reveal(entry);
    for (const details of entry.querySelectorAll(":scope > details.why")) details.open = true;
    makeCurrent(entry);
    entry.scrollIntoView({ block: "start", behavior: "instant" });
    entry.focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);

  const step = (distance) => {
    const visible = [...document.querySelectorAll("[data-entry]")].filter(
      (entry) => !entry.hidden && entry.closest("[hidden]") === null,
    );
    const now = visible.indexOf(current);
    const next = visible[now < 0 ? 0 : Math.min(visible.length - 1, Math.max(0, now + distance))];
    if (next === undefined) return;
    makeCurrent(next);
    setAddress(location.search, `#${next.id}`);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", behavior: "instant" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    const typing =
      event.target instanceof Element && event.target.matches("input:not([type=checkbox]), select, textarea");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!shortcuts.checked) return;
    const action = {
      "/": () => document.querySelector("input[name=q]")?.focus(),
      j: () => step(1),
      k: () => step(-1),
      o: () => {
        const details = current?.querySelector("details.why");
        if (details) details.open = !details.open;
        else current?.querySelector("a")?.click();
      },
      g: () => hooks.group(),
      x: () => hooks.clear(),
      "?": () => keys.showModal(),
    }[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });

  const copy = async (button, text) => {
    let done = "Copied";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      getSelection()?.selectAllChildren(button.previousElementSibling ?? button.parentElement);
      done = "Selected";
    }
    const before = button.textContent;
    button.textContent = done;
    setTimeout(() => (button.textContent = before), 1500);
  };
  const addCopy = (element) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => copy(button, element.textContent));
    element.after(button);
  };
  document.querySelectorAll("[data-copy]").forEach(addCopy);

  // Fields of a form to the address and back.
  const readFields = (form) => {
    const given = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (!field.name || !given.has(field.name)) continue;
      const value = given.get(field.name);
      if (field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value))
        field.value = value;
    }
  };
  const writeFields = (form) => {
    const query = new URLSearchParams();
    for (const field of form.elements) {
      if (!field.name) continue;
      if (field.value !== "") query.set(field.name, field.value);
      if (field.tagName === "SELECT") field.classList.toggle("set", field.value !== "");
    }
    const text = query.toString();
    setAddress(text === "" ? "" : `?${text}`, location.hash);
  };

  return { entries, matches, hooks, follow, makeCurrent, addCopy, readFields, writeFields };
})();

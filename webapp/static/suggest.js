/* Suggestions while typing, as a combobox (WAI-ARIA), and anchors that were pasted with the text behind them.
   Without it the search box is a search box, and such a link leads to the top of its page. */
"use strict";
(() => {
  const input = document.getElementById("q");
  if (!input) return;
  const PAUSE = 120;
  const SUGGEST = new URL("suggest.json", input.form.action).href;
  const LANGUAGE = input.dataset.words ? `&lang=${document.documentElement.lang}` : "";
  const WORDS = input.dataset.words ? JSON.parse(input.dataset.words) : {
    region: "地区", body: "机构", level: "层级", section: "章节", figure: "数字", count: "%% 份",
    list: "机构和地区、层级、章节、数字", status: "%% 条建议，用上下键选",
  };
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let items = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  list.id = "q-list";
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", WORDS.list);
  list.hidden = true;
  status.className = "vh";
  status.setAttribute("role", "status");
  input.form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox",
    "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  function counted(name, count) {
    return WORDS[name].replace("%%", count);
  }

  function option(item, at) {
    const row = document.createElement("li");
    row.id = `q-option-${at}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    for (const [tag, text] of [["i", WORDS[item.kind]], ["b", item.label], ["span", counted("count", item.count)]]) {
      const part = document.createElement(tag);
      part.textContent = text;
      row.append(part, " ");
    }
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", () => take(at));
    return row;
  }

  function show(found) {
    items = found;
    active = -1;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    status.textContent = found.length ? counted("status", found.length) : "";
  }

  function close() {
    clearTimeout(timer);
    if (asking) asking.abort();
    if (items.length) show([]);
  }

  function move(to) {
    if (active >= 0) list.children[active].setAttribute("aria-selected", "false");
    active = to;
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    const row = list.children[active];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
  }

  function take(at) {
    const rest = input.value.slice(input.selectionStart);
    const text = items[at].q;
    input.value = text + rest;
    input.setSelectionRange(text.length, text.length);
    close();
    input.focus();
  }

  async function ask() {
    const at = input.selectionStart;
    const typed = input.value.slice(0, at);
    const rest = input.value.slice(at);
    if (asking) asking.abort();
    if (!typed.trim() || /\s$/.test(typed) || (rest && !/^\s/.test(rest))) return show([]);
    asking = new AbortController();
    try {
      const response = await fetch(`${SUGGEST}?q=${encodeURIComponent(typed)}${LANGUAGE}`, { signal: asking.signal });
      const found = response.ok ? (await response.json()).suggestions : [];
      if (typed === input.value.slice(0, input.selectionStart) && document.activeElement === input) show(found);
    } catch (error) {
      if (error.name !== "AbortError") show([]);
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionstart", close);
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const open = items.length > 0;
    if (event.key === "ArrowDown" && open) move(active + 1 < items.length ? active + 1 : -1);
    else if (event.key === "ArrowDown") return void ask();
    else if (event.key === "ArrowUp" && open) move(active < 0 ? items.length - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) take(active);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  });
})();

/* A link to a paragraph or a cell: go to the anchor that the fragment begins with. */
(() => {
  function mend() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { return; }
    if (!name || document.getElementById(name)) return;
    const meant = (/^[\w.]+/.exec(name.trim()) || [""])[0].replace(/\.+$/, "");
    if (meant && document.getElementById(meant)) location.replace(`#${meant}`);
  }
  addEventListener("hashchange", mend);
  mend();
})();

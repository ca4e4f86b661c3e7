"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in element && name !== "list") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const said = $("#said");
  let quiet;
  const say = (text) => {
    said.textContent = text;
    clearTimeout(quiet);
    quiet = setTimeout(() => { said.textContent = ""; }, 4000);
  };
  // A browser may refuse storage to a local file; the page works without.
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
  };

  // Light and dark.
  const root = document.documentElement;
  const theme = store.get("wharfinger-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light")) === "dark";
  const toggle = make("button", { type: "button", className: "go", textContent: "Light or dark" });
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    store.set("wharfinger-theme", root.dataset.theme);
  });
  $(".kicker").append(toggle);

  // A printed page cannot be opened.
  addEventListener("beforeprint", () => $$("details:not([open])").forEach((d) => { d.open = true; d.dataset.printed = ""; }));
  addEventListener("afterprint", () => $$("details[data-printed]").forEach((d) => { d.open = false; delete d.dataset.printed; }));

  // Every candidate: its card, its row, what it is filtered by.
  const sections = $$("section.flag");
  const items = sections.flatMap((section) => {
    const rows = $$("tbody tr", section);
    return $$(".f", section).map((card, order) => {
      const [band, list, ground, state, decision] = card.dataset.f.split("|");
      return { card, row: rows[order], section, order, facets: { flag: section.dataset.flag, band, list, ground, state, decision }, text: null };
    });
  });
  if (!items.length) return;

  // Search and filters.
  const tools = $("#tools");
  const bar = make("form", { className: "bar", ariaLabel: "Search and filter" });
  bar.addEventListener("submit", (event) => event.preventDefault());
  const search = make("input", { type: "search", name: "q", autocomplete: "off" });
  bar.append(make("label", { className: "wide" }, "Search names, lists and reasons", search));
  const names = { flag: "Where it leads", band: "Identity", list: "List", ground: "Ground", state: "State", decision: "Decision" };
  const selects = Object.entries(names).flatMap(([facet, label]) => {
    const values = [...new Set(items.map((item) => item.facets[facet]))].sort();
    if (values.length < 2) return [];
    const select = make("select", { name: facet }, make("option", { value: "", textContent: "all" }));
    select.append(...values.map((value) => make("option", { value, textContent: value })));
    bar.append(make("label", {}, label, select));
    return [select];
  });
  const reset = make("button", { type: "button", textContent: "Show all" });
  const shown = make("output", { ariaLive: "polite" });
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
    let count = 0;
    const left = new Map(sections.map((section) => [section, 0]));
    for (const item of items) {
      let show = wanted.every(([facet, value]) => item.facets[facet] === value);
      if (show && words.length) {
        item.text ??= item.card.textContent.toLowerCase();
        show = words.every((word) => item.text.includes(word));
      }
      if (item.card.hidden === show) item.card.hidden = item.row.hidden = !show;
      if (show) { count += 1; left.set(item.section, left.get(item.section) + 1); }
    }
    for (const [section, some] of left) section.hidden = some === 0;
    shown.value = `${count.toLocaleString("en-GB")} of ${items.length.toLocaleString("en-GB")} candidates shown`;
  };
  // Not the form's own reset, which would take the choice of columns back too.
  const showAll = () => { search.value = ""; selects.forEach((select) => { select.value = ""; }); apply(); };
  let pending;
  search.addEventListener("input", () => { clearTimeout(pending); pending = setTimeout(apply, 120); });
  selects.forEach((select) => select.addEventListener("change", apply));
  reset.addEventListener("click", showAll);
  // A link to a candidate that is filtered away shows everything again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("[hidden]")) { showAll(); target.scrollIntoView(); }
  });

  // Columns.
  const heads = $$("thead th", $(".cands")).map((head) => head.textContent);
  const columns = make("fieldset", { className: "cols" }, make("legend", { textContent: "Columns of the tables" }));
  heads.forEach((head, at) => {
    if (at === 1) return;
    const box = make("input", { type: "checkbox", checked: true });
    box.addEventListener("change", () => $$(".cands").forEach((table) => table.classList.toggle(`h${at + 1}`, !box.checked)));
    columns.append(make("label", {}, box, head));
  });
  bar.append(make("details", {}, make("summary", { textContent: "Choose columns" }), columns), make("div", { className: "foot" }, shown, reset));
  tools.append(bar);

  // Sorting: the cards follow their table.
  const value = (item, column) => {
    const text = item.row.children[column].textContent;
    if (column === 0) {
      const sum = Number(text.replace(/[^0-9.-]/g, ""));
      return text.includes("£") ? sum + 1e15 : sum;
    }
    return column === 4 ? Number(text.match(/[0-9.]+$/)?.[0] ?? 0) : text.toLowerCase();
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en-GB"));
  for (const section of sections) {
    const own = items.filter((item) => item.section === section);
    const cells = $$("thead th", section);
    cells.forEach((cell, column) => {
      const button = make("button", { type: "button", textContent: cell.textContent });
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        const way = cell.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        cells.forEach((other) => other.removeAttribute("aria-sort"));
        cell.setAttribute("aria-sort", way);
        const keyed = own.map((item) => [value(item, column), item]);
        keyed.sort(([a, x], [b, y]) => (way === "ascending" ? compare(a, b) : compare(b, a)) || x.order - y.order);
        $("tbody", section).append(...keyed.map(([, item]) => item.row));
        $(".cards", section).append(...keyed.map(([, item]) => item.card));
        say(`Sorted by ${button.textContent}, ${way}`);
      });
    });
  }

  // Links to a candidate.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.l");
    if (link && navigator.clipboard) navigator.clipboard.writeText(link.href).then(() => say("Link copied"), () => {});
  });

  // Review: kept in this browser, under the run, until it is downloaded.
  const key = `wharfinger-review-${document.body.dataset.run}`;
  let decided = {};
  try { decided = JSON.parse(store.get(key) ?? "{}"); } catch { decided = {}; }
  const outcomes = { same: "Same party", not_same: "Not the same", cannot_tell: "Cannot tell", refer: "Refer", out_of_scope: "Out of scope", duplicate: "Duplicate", withdrawn: "Withdraw the decision" };
  const reasons = { "": "choose", different_country: "Different country", different_number: "Different number", different_business: "Different business", formed_after: "Formed after the event", listing_ended: "Listing ended", person_not_company: "Person, not company", other: "Other, in words" };
  const today = () => new Date().toLocaleDateString("sv-SE");
  const inAYear = () => { const day = new Date(); day.setFullYear(day.getFullYear() + 1); return day.toLocaleDateString("sv-SE"); };
  const download = make("button", { type: "button", className: "main" });
  const count = () => {
    const some = Object.keys(decided).length;
    download.textContent = `Download ${some} decision${some === 1 ? "" : "s"} (CSV)`;
    download.hidden = some === 0;
  };
  reset.after(download);
  const mark = (item) => {
    const one = decided[item.card.id];
    item.go.textContent = one ? `Your decision: ${outcomes[one.outcome] ?? one.outcome}. Change it` : "Review";
  };
  const field = (label, control, all) => make("label", all ? { className: "all" } : {}, label, control);
  const open = (item) => {
    const one = decided[item.card.id] ?? {};
    const form = make("form", { className: "r", noValidate: true });
    form.setAttribute("aria-label", `Decision on ${$("h4", item.card).firstChild.textContent.trim()}`);
    const choice = make("fieldset", {}, make("legend", { textContent: "Is our party the listed one?" }));
    for (const [word, label] of Object.entries(outcomes)) {
      choice.append(make("label", {}, make("input", { type: "radio", name: "outcome", value: word, checked: one.outcome === word }), label));
    }
    const code = make("select", { name: "reason_code" });
    for (const [word, label] of Object.entries(reasons)) code.append(make("option", { value: word, textContent: label, selected: (one.reason_code ?? "") === word }));
    const error = make("p", { className: "error all", role: "alert" });
    const save = make("button", { type: "submit", className: "main", textContent: "Keep this decision" });
    const drop = make("button", { type: "button", textContent: "Remove it" });
    const leave = make("button", { type: "button", textContent: "Close" });
    form.append(
      choice,
      field("Main reason", code),
      field("Decided by (your name)", make("input", { name: "decided_by", autocomplete: "name", value: one.decided_by ?? store.get("wharfinger-reviewer") ?? "" })),
      field("Checked by, if anybody did", make("input", { name: "checked_by", autocomplete: "off", value: one.checked_by ?? "" })),
      field("Stands until", make("input", { name: "review_by", type: "date", value: one.review_by ?? inAYear() })),
      field("What you looked at and what it showed", make("textarea", { name: "reason", rows: 3, value: one.reason ?? "" }), true),
      error, make("div", { className: "all" }, save, " ", drop, " ", leave),
    );
    const close = () => { form.remove(); item.go.setAttribute("aria-expanded", "false"); item.go.focus(); };
    leave.addEventListener("click", close);
    drop.addEventListener("click", () => { delete decided[item.card.id]; store.set(key, JSON.stringify(decided)); mark(item); count(); close(); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = Object.fromEntries(new FormData(form));
      const missing = [["outcome", "what you decided"], ["reason_code", "the main reason"], ["reason", "the reason in words"], ["decided_by", "your name"], ["review_by", "until when it stands"]].find(([name]) => !given[name]?.trim());
      if (missing) {
        error.textContent = `Still missing: ${missing[1]}.`;
        const control = form.elements[missing[0]];
        (control instanceof RadioNodeList ? control[0] : control).focus();
        return;
      }
      const cells = item.row.children;
      decided[item.card.id] = { ...given, decided_on: today(), subject_name: cells[1].textContent, listed_name: cells[2].textContent, list: cells[3].textContent, flag: item.facets.flag };
      store.set("wharfinger-reviewer", given.decided_by);
      const kept = store.set(key, JSON.stringify(decided));
      mark(item); count(); close();
      say(kept ? "Kept in this browser. Download the decisions when you are done." : "Kept until this page is closed: this browser keeps nothing for it.");
    });
    item.go.after(form);
    item.go.setAttribute("aria-expanded", "true");
    $("input", form).focus();
  };
  for (const item of items) {
    item.go = make("button", { type: "button", className: "go" });
    item.go.setAttribute("aria-expanded", "false");
    item.go.addEventListener("click", () => (item.go.nextElementSibling?.matches(".r") ? $("button:last-child", item.go.nextElementSibling).click() : open(item)));
    item.card.append(item.go);
    mark(item);
  }
  const header = ["finding_id", "subject_name", "listed_name", "list", "flag", "outcome", "reason_code", "reason", "decided_by", "checked_by", "decided_on", "review_by"];
  const cell = (text) => {
    let line = String(text ?? "").replace(/[\u0000-\u001f\u007f]+/g, " ");
    if (/^\s*[=+\-@＝＋－＠]/.test(line)) line = `'${line}`;
    return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
  };
  download.addEventListener("click", () => {
    const lines = Object.entries(decided).map(([anchor, one]) => {
      const finding = document.getElementById(anchor)?.dataset.id ?? anchor.replace(/^f-/, "");
      return header.map((name) => cell(name === "finding_id" ? finding : one[name])).join(",");
    });
    const blob = new Blob(["\ufeff", [header.join(","), ...lines, ""].join("\r\n")], { type: "text/csv;charset=utf-8" });
    const link = make("a", { href: URL.createObjectURL(blob), download: `decisions-${document.body.dataset.run}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  count();
  apply();
})();

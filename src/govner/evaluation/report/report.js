// The list of errors: filters, pages, and the report of an error with its characters marked.
"use strict";
{
  const PAGE = 50;
  const AROUND = 24;
  const KINDS = ["boundary", "type", "missed", "spurious", "section"];
  const BY = { both: "A and B", first: "A only", second: "B only" };
  const { reports, errors } = JSON.parse(document.getElementById("data").textContent);
  const get = (id) => document.getElementById(id);
  const filters = get("filters");
  const chosen = { kind: "", pair: null };
  let shown = errors;
  let page = 0;

  // Offsets count code points, not UTF-16 units.
  const charactersOf = (report) => (report.characters ??= Array.from(report.text));
  const cut = (report, start, end) => charactersOf(report).slice(Math.max(0, start), end).join("");
  const line = (text) => text.replaceAll("\n", "⏎");

  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  }

  // What a search looks through, cut out when it is first asked for.
  function textOf(error) {
    if (error.searched === undefined) {
      const around = cut(reports[error.report], error.start - AROUND, error.end + AROUND);
      error.searched = [around, error.read, error.other?.[1] ?? ""].join("\n").toLowerCase();
    }
    return error.searched;
  }

  function matches(error, wanted) {
    if (chosen.kind && error.kind !== chosen.kind) return false;
    if (wanted.label && error.gold !== wanted.label && error.predicted !== wanted.label) return false;
    if (wanted.report && error.report !== Number(wanted.report)) return false;
    if (wanted.by && error.by !== wanted.by) return false;
    if (chosen.pair && !inCell(error, chosen.pair)) return false;
    return !wanted.text || textOf(error).includes(wanted.text);
  }

  // Whether an error is counted in a cell of a confusion matrix, which are those of the first pipeline.
  function inCell(error, { what, gold, predicted }) {
    if (error.by === "second" || (error.kind === "section") !== (what === "sections")) return false;
    const fallback = what === "sections" ? "none" : "missed";
    const same = what === "mentions" && error.gold === error.predicted;
    return (error.gold || "spurious") === gold && (same ? "other extent" : error.predicted || fallback) === predicted;
  }

  const orders = {
    kind: (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
    report: () => 0,
    text: (a, b) => {
      const [x, y] = [a, b].map((error) => cut(reports[error.report], error.start, Math.min(error.end, error.start + 40)));
      return x < y ? -1 : x > y ? 1 : 0;
    },
  };

  function filter() {
    const wanted = Object.fromEntries(new FormData(filters));
    wanted.text = wanted.text.trim().toLowerCase();
    // Sorting keeps the order of what is equal: that of reports and places.
    shown = errors.filter((error) => matches(error, wanted)).sort(orders[wanted.order]);
    for (const button of filters.querySelectorAll("[data-kind]"))
      button.setAttribute("aria-pressed", String(button.dataset.kind === chosen.kind));
    const pair = get("pair");
    pair.hidden = !chosen.pair;
    if (chosen.pair) pair.textContent = `gold ${chosen.pair.gold}, predicted ${chosen.pair.predicted} ✕`;
    page = 0;
    show();
  }

  function show() {
    const first = page * PAGE;
    const part = shown.slice(first, first + PAGE);
    get("rows").replaceChildren(...part.map(row));
    get("status").textContent = shown.length
      ? `${first + 1}–${first + part.length} of ${shown.length} errors`
      : "no error like this";
    const last = Math.max(0, Math.ceil(shown.length / PAGE) - 1);
    get("page").textContent = `page ${page + 1} of ${last + 1}`;
    get("before").disabled = page === 0;
    get("after").disabled = page >= last;
  }

  function row(error) {
    const report = reports[error.report];
    const { start, end } = error;
    const long = error.kind === "section" ? Math.min(end, start + 60) : end;
    const after = error.kind === "section" ? (long < end ? "…" : "") : line(cut(report, end, end + AROUND));
    const before = error.kind === "section" ? "" : line(cut(report, start - AROUND, start));
    const context = make("span", "context", before, make("mark", "", line(cut(report, start, long))), after);
    context.lang = "zh";
    const same = error.gold === error.predicted;
    const labels = make("span", "labels", same ? error.gold : `${error.gold || "nothing"} → ${error.predicted || "nothing"}`);
    if (filters.elements.by) labels.append(" ", make("span", "soft unbroken", `· ${BY[error.by]}`));
    const link = make("a", "", report.id, " ", make("span", "unbroken", `${start}–${end}`));
    link.href = `#report-${error.report}-${start}-${end}`;
    const parts = [make("span", "", make("span", `badge ${error.kind}`, error.kind)), labels, context, make("span", "place", link)];
    if (error.kind === "boundary") parts.push(note("predicted: ", error.read));
    if (error.other) parts.push(note(`B: ${error.other[0] || "nothing"} `, error.other[1]));
    return make("li", "", ...parts);
  }

  function note(name, text) {
    const quoted = make("span", "", line(text));
    quoted.lang = "zh";
    return make("span", "other", name, quoted);
  }

  // The report that the address names, with all its errors marked.
  function open() {
    const found = /^#report-(\d+)-(\d+)-(\d+)$/.exec(location.hash);
    const dialog = get("report");
    const report = found && reports[Number(found[1])];
    if (!report) {
      if (dialog.open) dialog.close();
      return;
    }
    const [number, start, end] = found.slice(1).map(Number);
    get("report-title").textContent = report.id;
    get("report-about").textContent = [report.about, `characters ${start}–${end}`].filter(Boolean).join(" · ");
    const now = make("mark", "now", cut(report, start, end));
    const pieces = [];
    let position = 0;
    const mine = errors.filter((error) => error.report === number && error.kind !== "section" && (error.end <= start || error.start >= end));
    const places = [...mine, { start, end, now }].sort((a, b) => a.start - b.start);
    for (const place of places) {
      if (place.start < position) continue;
      pieces.push(cut(report, position, place.start), place.now ?? make("mark", "", cut(report, place.start, place.end)));
      position = place.end;
    }
    pieces.push(cut(report, position));
    get("report-text").replaceChildren(...pieces);
    if (!dialog.open) dialog.showModal();
    now.scrollIntoView({ block: "center" });
  }

  filters.addEventListener("input", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("click", ({ target }) => {
    if (target.id === "pair") chosen.pair = null;
    else if (target.dataset.kind !== undefined) chosen.kind = target.dataset.kind;
    else return;
    filter();
  });
  document.addEventListener("click", ({ target }) => {
    const cell = target.closest("a[data-what]");
    if (!cell) return;
    chosen.kind = "";
    chosen.pair = { ...cell.dataset };
    filters.reset();
    filter();
  });
  for (const [id, step] of [["before", -1], ["after", 1]])
    get(id).addEventListener("click", () => {
      page += step;
      show();
      get("errors").scrollIntoView();
    });
  get("close").addEventListener("click", () => get("report").close());
  get("report").addEventListener("close", () => {
    if (location.hash.startsWith("#report-")) history.replaceState(null, "", location.pathname + location.search);
  });
  addEventListener("hashchange", open);
  filter();
  open();
}

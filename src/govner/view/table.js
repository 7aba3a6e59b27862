"use strict";
/* The table of reports: sorted by a column, filtered by words, year, level and findings. */

const table = document.getElementById("reports");
const body = table.tBodies[0];
const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase(), cells: row.cells }));
const fields = {
  words: document.getElementById("words"),
  year: document.getElementById("year"),
  level: document.getElementById("level"),
  findings: document.getElementById("with-findings"),
};
const shown = document.getElementById("shown");
const heads = [...table.tHead.rows[0].cells];
const collator = new Intl.Collator("zh");

function filter() {
  const words = fields.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { row, text, cells } of rows) {
    const fits =
      words.every((word) => text.includes(word)) &&
      (!fields.year.value || cells[1].dataset.value === fields.year.value) &&
      (!fields.level.value || cells[2].textContent === fields.level.value) &&
      (!fields.findings.checked || Number(cells[cells.length - 1].dataset.value) > 0);
    row.hidden = !fits;
    count += fits;
  }
  const all = rows.length.toLocaleString("en");
  shown.textContent = count === rows.length ? `${all} reports` : `${count.toLocaleString("en")} of ${all} reports`;
}

/* Numbers begin with the largest, words with the first; what has no value comes last either way. */
function sort(head) {
  const isNumber = head.dataset.kind === "number";
  const before = head.getAttribute("aria-sort");
  const falls = before ? before === "ascending" : isNumber;
  for (const one of heads) one.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falls ? "descending" : "ascending");
  const place = head.cellIndex;
  const key = ({ cells }) => (isNumber ? cells[place].dataset.value : cells[place].textContent.trim());
  const sign = falls ? -1 : 1;
  rows.sort((one, other) => {
    const [first, second] = [key(one), key(other)];
    if (!first || !second) return (first ? 0 : 1) - (second ? 0 : 1);
    return sign * (isNumber ? Number(first) - Number(second) : collator.compare(first, second));
  });
  body.append(...rows.map(({ row }) => row));
}

table.tHead.addEventListener("click", (event) => {
  const head = event.target.closest("th");
  if (head) sort(head);
});
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
for (const field of Object.values(fields)) field.addEventListener("input", filter);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
  if (event.key === "/") {
    event.preventDefault();
    fields.words.focus();
  } else if (event.key === "t") nextTheme();
});
filter();

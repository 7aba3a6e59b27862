"use strict";
/* Search in the text or in the mentions shown. Case and width of letters and digits do not matter. */

const query = document.getElementById("query");
const where = document.getElementById("where");
const found = document.getElementById("found");
const steps = [document.getElementById("previous"), document.getElementById("next")];
/* More are counted, not painted. */
const MOST_PAINTED = 3000;
let texts = null;
let matches = [];
let now = -1;

/* Letters in one case, full-width signs as half-width: each character stays one, so that places are kept. */
function fold(text) {
  return text.replace(/[A-ZÀ-Þ！-～]/g, (char) => {
    const code = char.charCodeAt(0);
    return code >= 0xff01 ? String.fromCharCode(code - 0xfee0).toLowerCase() : char.toLowerCase();
  });
}

/* Matches as (element, first unit, last unit); ranges are made when they are painted. */
function findAll(words) {
  const all = [];
  const inMentions = where.value === "mentions";
  const elements = inMentions ? marks.filter((one) => !hidden.has(one.className)) : paragraphs;
  texts ??= new Map([...paragraphs, ...marks].map((element) => [element, fold(element.textContent)]));
  for (const element of elements) {
    const text = texts.get(element);
    for (let place = text.indexOf(words); place >= 0; place = text.indexOf(words, place + words.length)) {
      all.push([element, place, place + words.length]);
    }
  }
  return all;
}

function search() {
  const words = fold(query.value.trim());
  matches = words ? findAll(words) : [];
  now = -1;
  paint("now", []);
  paint("found", matches.slice(0, MOST_PAINTED).map((match) => rangeIn(...match)));
  for (const button of steps) button.disabled = !matches.length;
  tellFound();
}

function tellFound() {
  const total = matches.length.toLocaleString("en");
  if (!query.value.trim()) found.textContent = "";
  else if (!matches.length) found.textContent = "none";
  else found.textContent = now < 0 ? `${total} found` : `${now + 1} of ${total}`;
}

/* After what is shown has changed. */
function again() {
  if (query.value.trim() && where.value === "mentions") search();
}

function stepMatch(step) {
  if (!matches.length) return;
  now = now < 0 ? (step > 0 ? firstBelow() : matches.length - 1) : (now + step + matches.length) % matches.length;
  const range = rangeIn(...matches[now]);
  paint("now", [range]);
  goTo(range);
  tellFound();
}

/* The first match that is not above the screen. */
function firstBelow() {
  const block = [...inSight].sort((one, other) => (one.compareDocumentPosition(other) & 4 ? -1 : 1))[0];
  const place = block ? matches.findIndex(([element]) => block.contains(element) || block.compareDocumentPosition(element) & 4) : 0;
  return Math.max(place, 0);
}

function endSearch() {
  query.value = "";
  search();
  query.blur();
}

let waiting = 0;
query.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 120);
});
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    clearTimeout(waiting);
    if (fold(query.value.trim()) !== (query.dataset.done ?? "")) search();
    query.dataset.done = fold(query.value.trim());
    stepMatch(event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    endSearch();
  }
});
where.addEventListener("change", search);
document.getElementById("search").addEventListener("submit", (event) => event.preventDefault());
steps[0].addEventListener("click", () => stepMatch(-1));
steps[1].addEventListener("click", () => stepMatch(1));

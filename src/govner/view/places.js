"use strict";
/* Characters of the report's text and where they stand on the page. Offsets count code points, as Python does;
   strings of a browser count UTF-16 units. A paragraph's words are characters of the text, so nothing else is needed. */

const main = document.getElementById("text");
const paragraphs = [...main.querySelectorAll("p[data-start]")];
const starts = paragraphs.map((paragraph) => Number(paragraph.dataset.start));

/* How many UTF-16 units the first `points` characters of a text take. */
function unitsOf(text, points) {
  let units = 0;
  while (points-- > 0 && units < text.length) units += text.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
}

function pointsOf(text) {
  return [...text].length;
}

/* The number of the paragraph a character lies in, or of the last that begins before it. */
function paragraphAt(offset) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

/* The text node of an element, and the place in it, that so many units lead to. */
function nodeAt(element, units, isEnd) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  let last = node;
  while (node && (isEnd ? units > node.length : units >= node.length)) {
    units -= node.length;
    last = node;
    node = walker.nextNode();
  }
  return node ? [node, units] : [last, last ? last.length : 0];
}

/* A range of units of one paragraph. */
function rangeIn(paragraph, from, to) {
  const range = document.createRange();
  range.setStart(...nodeAt(paragraph, from, false));
  range.setEnd(...nodeAt(paragraph, to, true));
  return range;
}

/* The range of characters `start` to `end` of the text, also over several paragraphs. */
function rangeOf(start, end) {
  const [first, last] = [paragraphAt(start), paragraphAt(Math.max(end - 1, start))];
  const range = document.createRange();
  const [one, other] = [paragraphs[first], paragraphs[last]];
  range.setStart(...nodeAt(one, unitsOf(one.textContent, start - starts[first]), false));
  range.setEnd(...nodeAt(other, unitsOf(other.textContent, end - starts[last]), true));
  return range;
}

/* Paint ranges in the colours of a highlight; older browsers have none, there the paragraph lights up. */
function paint(name, ranges) {
  if (window.CSS?.highlights) {
    CSS.highlights.delete(name);
    if (!ranges.length) return;
    const highlight = new Highlight(...ranges);
    highlight.priority = name === "now" ? 1 : 0;
    CSS.highlights.set(name, highlight);
    return;
  }
  if (name !== "now") return;
  document.querySelectorAll(".flash").forEach((element) => element.classList.remove("flash"));
  ranges.forEach((range) => range.startContainer.parentElement.closest("p").classList.add("flash"));
}

/* Bring a range to the middle of the screen. */
function goTo(range) {
  const paragraph = range.startContainer.parentElement.closest("p");
  // What is far away has not been laid out: go there first, then to the words.
  paragraph.scrollIntoView({ block: "center", behavior: "instant" });
  const box = range.getBoundingClientRect();
  if (box.top < 120 || box.bottom > innerHeight - 60) scrollBy({ top: box.top - innerHeight / 2, behavior: "instant" });
}

"use strict";
/* Which kinds of mentions are shown, and steps from one to the next. */

const marks = [...main.querySelectorAll("mark")];
const toggles = [...document.querySelectorAll(".toggle")];
const hidden = new Set();

function setShown(label, shown) {
  if (shown) hidden.delete(label);
  else hidden.add(label);
  document.body.classList.toggle("hide-" + label, !shown);
  toggles.find((button) => button.dataset.label === label).setAttribute("aria-pressed", String(shown));
}

function toggle(number) {
  const label = toggles[number]?.dataset.label;
  if (label) setShown(label, hidden.has(label));
}

/* All of them, or none if all are shown. */
function toggleAll() {
  const show = hidden.size > 0;
  for (const button of toggles) setShown(button.dataset.label, show);
}

document.querySelector(".legend").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.id === "uncertain") stepMention(1, true);
  else {
    setShown(button.dataset.label, hidden.has(button.dataset.label));
    again();
  }
});

/* The mention one is at, or the nearest to the top of the screen. */
let at = -1;
main.addEventListener("focusin", (event) => {
  const place = marks.indexOf(event.target);
  if (place >= 0) at = place;
});

function stepMention(step, uncertain) {
  let place = at;
  if (place < 0) {
    const block = [...inSight].sort((one, other) => (one.compareDocumentPosition(other) & 4 ? -1 : 1))[0];
    const first = block ? marks.findIndex((one) => block.compareDocumentPosition(one) & 4) : 0;
    place = Math.max(first, 0) - (step > 0 ? 1 : 0);
  }
  for (let count = 0; count < marks.length; count++) {
    place = (place + step + marks.length) % marks.length;
    const found = marks[place];
    if (!hidden.has(found.className) && (!uncertain || "low" in found.dataset)) {
      at = place;
      found.scrollIntoView({ block: "center", behavior: "instant" });
      found.focus({ preventScroll: true });
      return;
    }
  }
}

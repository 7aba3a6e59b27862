"use strict";
/* From the record to the passages it comes from, from findings to all passages that disagree, from an address to one. */

function placesOf(element) {
  return (element.dataset.places ?? "").split(" ").filter(Boolean).map((place) => place.split("-").map(Number));
}

/* Light up passages, and go to one of them. */
function showPassages(places, number) {
  const ranges = places.map((place) => rangeOf(...place));
  paint("passage", ranges);
  paint("now", [ranges[number]]);
  goTo(ranges[number]);
}

const visited = new Map();

function visit(button) {
  const places = placesOf(button);
  const number = visited.has(button) ? (visited.get(button) + 1) % places.length : 0;
  visited.clear();
  visited.set(button, number);
  const finding = button.closest(".finding");
  setFinding(finding);
  const all = finding ? placesOf(finding) : places;
  const own = places[number];
  if (NARROW.record.matches) setOpen("record", false);
  showPassages(all, all.findIndex((place) => place[0] === own[0] && place[1] === own[1]));
}

document.getElementById("record").addEventListener("click", (event) => {
  const button = event.target.closest("button.passage");
  if (button) visit(button);
});

const findings = [...document.querySelectorAll(".finding")];
/* Every passage of every finding, in order. */
const stops = findings.flatMap((finding) => placesOf(finding).map((_, number) => [finding, number]));
let stop = -1;

function setFinding(finding) {
  for (const one of findings) one.removeAttribute("aria-current");
  finding?.setAttribute("aria-current", "true");
}

function stepFinding(step) {
  if (!stops.length) return;
  stop = stop < 0 && step < 0 ? stops.length - 1 : (stop + step + stops.length) % stops.length;
  const [finding, number] = stops[stop];
  setFinding(finding);
  if (!NARROW.record.matches) finding.scrollIntoView({ block: "nearest", behavior: "instant" });
  showPassages(placesOf(finding), number);
}

/* Addresses end in #c120-145 for characters 120 to 145, several with commas between. */
function followAddress() {
  if (!/^#c\d+-\d+(,\d+-\d+)*$/.test(location.hash)) return;
  showPassages(location.hash.slice(2).split(",").map((place) => place.split("-").map(Number)), 0);
}
addEventListener("hashchange", followAddress);
followAddress();

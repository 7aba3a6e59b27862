"use strict";
/* Outline and record: columns on a wide screen, drawers on a narrow one; the heading one reads is marked. */

const NARROW = { outline: matchMedia("(max-width: 47.99rem)"), record: matchMedia("(max-width: 74.99rem)") };
const sides = { outline: document.getElementById("outline"), record: document.getElementById("record") };
const switches = { outline: document.getElementById("show-outline"), record: document.getElementById("show-record") };

function isOpen(name) {
  const classes = document.body.classList;
  return NARROW[name].matches ? classes.contains("open-" + name) : !classes.contains("no-" + name);
}

function tellSwitches() {
  for (const name of Object.keys(sides)) switches[name].setAttribute("aria-expanded", String(isOpen(name)));
}

function setOpen(name, open) {
  const isDrawer = NARROW[name].matches;
  if (isDrawer && open) closeDrawers();
  document.body.classList.toggle((isDrawer ? "open-" : "no-") + name, isDrawer ? open : !open);
  if (isDrawer && open) sides[name].focus();
  else if (!open && sides[name].contains(document.activeElement)) switches[name].focus();
  tellSwitches();
}

/* Close what lies over the text; whether anything did. */
function closeDrawers() {
  const open = Object.keys(sides).filter((name) => NARROW[name].matches && isOpen(name));
  for (const name of open) setOpen(name, false);
  return open.length > 0;
}

for (const [name, side] of Object.entries(sides)) {
  switches[name].addEventListener("click", () => setOpen(name, !isOpen(name)));
  side.querySelector(".close").addEventListener("click", () => {
    setOpen(name, false);
    switches[name].focus();
  });
  NARROW[name].addEventListener("change", tellSwitches);
}
tellSwitches();
main.addEventListener("pointerdown", closeDrawers);
sides.outline.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link) {
    closeDrawers();
    mark(link.dataset.to);
  }
});

/* The bar's height, below which columns stick. */
const bar = document.querySelector(".top");
new ResizeObserver(() => {
  document.body.style.setProperty("--bar", `${bar.offsetHeight}px`);
  document.documentElement.style.scrollPaddingTop = `${bar.offsetHeight + 12}px`;
}).observe(bar);

/* The link of the block at the top of the screen is the current one; blocks without one count for that before. */
const links = new Map([...sides.outline.querySelectorAll("a[data-to]")].map((link) => [link.dataset.to, link]));
const linkOfBlock = new Map();
let heading = null;
for (const block of main.querySelectorAll(".block")) {
  heading = links.get(block.id) ?? heading;
  linkOfBlock.set(block, heading);
}
let current = null;

function mark(id) {
  const link = links.get(id);
  if (!link || link === current) return;
  current?.removeAttribute("aria-current");
  current = link;
  link.setAttribute("aria-current", "true");
  if (!NARROW.outline.matches) link.scrollIntoView({ block: "nearest", behavior: "instant" });
}

const inSight = new Set();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) inSight.add(entry.target);
      else inSight.delete(entry.target);
    }
    const first = [...inSight].sort((one, other) => (one.compareDocumentPosition(other) & 4 ? -1 : 1))[0];
    const link = first && linkOfBlock.get(first);
    if (link) mark(link.dataset.to);
  },
  { rootMargin: "-15% 0px -75% 0px" },
);
for (const block of linkOfBlock.keys()) watcher.observe(block);

/* To the next heading, or back. */
function stepHeading(step) {
  const all = [...links.values()];
  const place = current ? all.indexOf(current) : -1;
  const link = all[Math.min(Math.max(place + step, 0), all.length - 1)];
  if (!link) return;
  document.getElementById(link.dataset.to).scrollIntoView({ block: "start", behavior: "instant" });
  mark(link.dataset.to);
}

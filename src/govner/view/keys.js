"use strict";
/* Keys, and the dialog that lists them. */

const help = document.getElementById("help");
const useKeys = document.getElementById("use-keys");
useKeys.checked = recall("keys") !== "off";
useKeys.addEventListener("change", () => remember("keys", useKeys.checked ? "on" : "off"));

function showHelp() {
  if (help.open) help.close();
  else help.showModal();
}
document.getElementById("show-help").addEventListener("click", showHelp);
help.addEventListener("click", (event) => event.target === help && help.close());

const KEYS = {
  "/": () => { query.focus(); query.select(); },
  j: () => stepMention(1, false),
  k: () => stepMention(-1, false),
  u: () => stepMention(1, true),
  U: () => stepMention(-1, true),
  "]": () => stepHeading(1),
  "[": () => stepHeading(-1),
  f: () => stepFinding(1),
  F: () => stepFinding(-1),
  0: () => { toggleAll(); again(); },
  o: () => setOpen("outline", !isOpen("outline")),
  r: () => setOpen("record", !isOpen("record")),
  t: nextTheme,
  "?": showHelp,
};
for (let number = 1; number <= toggles.length; number++) KEYS[number] = () => { toggle(number - 1); again(); };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && !help.open) {
    hideTip();
    closeDrawers();
    for (const name of ["passage", "now"]) paint(name, []);
    return;
  }
  if (!useKeys.checked || help.open || event.target.closest("input, select, textarea")) return;
  const act = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

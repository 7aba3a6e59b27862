"use strict";
/* What is known of the mention that is pointed at or has the focus. */

const tip = document.getElementById("tip");
let described = null;

function line(words, soft) {
  const element = document.createElement("p");
  element.textContent = words;
  if (soft) element.className = "soft";
  return element;
}

function showTip(element) {
  if (hidden.has(element.className)) return;
  hideTip();
  const { at: start, p, note } = element.dataset;
  const end = Number(start) + pointsOf(element.textContent);
  const button = toggles.find((one) => one.dataset.label === element.className);
  const kind = `${button.querySelector("mark").textContent} ${element.className}`;
  tip.replaceChildren(line(p === undefined ? kind : `${kind} · confidence ${p}`));
  if (note) tip.append(line(note));
  tip.append(line(`${element.closest("p").dataset.section ?? ""} · characters ${start}–${end}`, true));
  tip.hidden = false;
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const left = Math.min(Math.max(box.left, 8), innerWidth - tip.offsetWidth - 8);
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > bar.offsetHeight ? above : box.bottom + 8}px`;
  element.setAttribute("aria-describedby", "tip");
  described = element;
}

function hideTip() {
  described?.removeAttribute("aria-describedby");
  described = null;
  tip.hidden = true;
}

main.addEventListener("pointerover", (event) => {
  const element = event.target.closest("mark");
  if (element) showTip(element);
  else hideTip();
});
main.addEventListener("pointerleave", hideTip);
main.addEventListener("focusin", (event) => event.target.localName === "mark" && showTip(event.target));
main.addEventListener("focusout", hideTip);
addEventListener("scroll", () => document.activeElement?.localName !== "mark" && hideTip(), { passive: true });

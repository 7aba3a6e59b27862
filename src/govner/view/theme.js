"use strict";
/* The theme: as the system, light, or dark. Runs before anything is shown. */

const THEMES = ["system", "light", "dark"];

/* Settings last where the browser lets a page keep any. */
function recall(name) {
  try { return localStorage.getItem("govner-" + name); } catch { return null; }
}

function remember(name, value) {
  try { localStorage.setItem("govner-" + name, value); } catch { /* then not */ }
}

function setTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const button = document.getElementById("theme");
  if (!button) return;
  button.setAttribute("aria-label", theme === "system" ? "Theme: as the system" : `Theme: ${theme}`);
  button.title = button.getAttribute("aria-label") + " (t)";
  button.firstElementChild.textContent = { system: "◐", light: "☀", dark: "☾" }[theme];
}

function currentTheme() {
  return document.documentElement.dataset.theme ?? "system";
}

function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length];
  setTheme(theme);
  remember("theme", theme);
}

setTheme(THEMES.includes(recall("theme")) ? recall("theme") : "system");
document.addEventListener("DOMContentLoaded", () => {
  setTheme(currentTheme());
  document.getElementById("theme")?.addEventListener("click", nextTheme);
});

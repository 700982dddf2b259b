// The editor of a plan: saves as one writes, says so, drags points, adds them from the map. Without it the same form
// is sent by its buttons.
"use strict";

const editor = () => document.getElementById("plan-form");
const REST = 900; // ms without a key before a save
let timer = 0, dirty = false;

document.querySelector(".plan-map").classList.add("scripted");

function say(words, kind) {
  const saved = editor().querySelector(".saved");
  saved.textContent = words;
  saved.className = "saved " + (kind || "");
}
function save() {
  clearTimeout(timer);
  if (dirty) { dirty = false; htmx.trigger(document.getElementById("autosave"), "autosave"); }
}
function changed(event) {
  if (!event.target.closest?.("#plan-form") || ["add", "first", "second"].includes(event.target.name)) return;
  dirty = true;
  say("Saving", "busy");
  clearTimeout(timer);
  timer = setTimeout(save, event.type === "change" && !event.target.matches("input[type=text], textarea") ? 0 : REST);
}
document.addEventListener("input", changed);
document.addEventListener("change", changed);
// Whoever leaves in the middle of a word loses nothing.
addEventListener("pagehide", () => {
  if (!dirty || !editor()) return;
  const body = new URLSearchParams(new FormData(editor()));
  body.set("do", "autosave");
  navigator.sendBeacon(editor().action, body);
});

// A button sends the whole form; what it did, and where one goes on, comes back with the answer.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target === editor()) { clearTimeout(timer); dirty = false; }
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if ([413, 422, 429].includes(xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  if (xhr.status === 409) { // both versions on a page of their own, by the form itself
    event.detail.isError = false;
    if (event.target === editor()) { dirty = false; editor().submit(); } else conflict();
  }
});
function conflict() {
  say("Not saved: changed elsewhere.", "not");
  const see = document.createElement("button");
  see.type = "button";
  see.className = "button";
  see.textContent = "See both versions";
  see.addEventListener("click", () => { dirty = false; editor().submit(); });
  editor().querySelector(".saved").after(see);
}
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(name, () => { dirty = true; say("Not saved: no connection. What you typed is still here.", "not"); timer = setTimeout(save, 5000); });

document.body.addEventListener("plan", (event) => {
  const { said, focus } = event.detail;
  document.getElementById("live").textContent = said || "";
  const row = document.getElementById(focus);
  if (!row) return;
  const able = row.disabled ? row.parentNode.querySelector("button:not([disabled])") : row;
  able.focus({ preventScroll: true });
  able.scrollIntoView({ block: "nearest" });
});
function settle() {
  for (const svg of document.querySelectorAll(".plan-map svg.view")) { rove(svg); if (whole.has(svg)) fit(svg); }
}
document.addEventListener("htmx:afterSettle", settle);
settle();

// The map: a badge leads to its row and opens it, a point that is not in the plan comes into it.
document.addEventListener("click", (event) => {
  const point = event.target.closest?.(".plan-map svg .point");
  if (!point || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const href = point.getAttribute("href");
  if (href.startsWith("#")) {
    const row = document.querySelector(href);
    row.querySelector("details").open = true;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  } else add(point.dataset.code);
}, true);
function add(words) {
  document.getElementById("add").value = words;
  editor().requestSubmit(editor().querySelector("button[value=add]"));
}
// One of the list is meant as soon as it is chosen.
document.addEventListener("input", (event) => {
  if (event.target.id === "add" && event.inputType === "insertReplacementText") add(event.target.value);
});

// Dragging by the grip, with a mouse, a pen or a finger. The arrows beside it do the same by keyboard.
document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest?.(".grip")?.closest(".planned");
  if (!row || event.button) return;
  event.preventDefault();
  const list = row.parentNode, before = [...list.children];
  row.classList.add("dragged");
  event.target.setPointerCapture(event.pointerId);
  const move = (moved) => {
    const over = [...list.children].find((other) => { const box = other.getBoundingClientRect(); return other !== row && moved.clientY > box.top && moved.clientY < box.bottom; });
    if (!over) return;
    const box = over.getBoundingClientRect(), below = row.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (below && moved.clientY > box.top + box.height / 2) over.after(row);
    if (!below && moved.clientY < box.top + box.height / 2) over.before(row);
  };
  const end = () => {
    row.classList.remove("dragged");
    event.target.removeEventListener("pointermove", move);
    if ([...list.children].some((other, place) => other !== before[place])) editor().requestSubmit(editor().querySelector("button[value=save]"));
  };
  event.target.addEventListener("pointermove", move);
  event.target.addEventListener("pointerup", end, { once: true });
  event.target.addEventListener("pointercancel", end, { once: true });
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).href);
    document.getElementById("live").textContent = button.textContent = "Copied";
  });
}

// The editor of a plan: saves as one writes, says so, drags points, adds them from the map. Without it the same form
// is sent by its buttons.
"use strict";

const editor = () => document.getElementById("plan-form");
const REST = 900; // ms without a key before a save
let timer = 0, dirty = false, stuck = false; // stuck: changed elsewhere, and not settled yet

document.querySelector(".plan-map").classList.add("scripted");

function say(words, kind) {
  const saved = editor().querySelector(".saved");
  saved.textContent = words;
  saved.className = "saved " + (kind || "");
}
function save() {
  clearTimeout(timer);
  const own = document.getElementById("autosave");
  if (!dirty || !own) return;
  dirty = false;
  htmx.process(own); // just swapped in, htmx may not have seen it yet
  htmx.trigger(own, "autosave");
}
function changed(event) {
  if (stuck || !event.target.closest?.("#plan-form") || ["add", "lend", "first", "second"].includes(event.target.name)) return;
  dirty = true;
  if (busy) late.push(place(event.target)); // the form under the hand is about to be exchanged
  say("Saving", "busy");
  clearTimeout(timer);
  timer = setTimeout(save, event.target.matches("input[type=text], textarea") ? REST : 0);
}
document.addEventListener("input", changed);
// Where a field belongs: in the row of a code, else by its name; a tick also by its value.
const late = [];
function place(field) {
  const row = field.closest(".planned"), tick = field.type === "checkbox";
  return { code: row?.dataset.code, name: row ? field.name.replace(/^p\d+/, "") : field.name, tick, is: tick ? field.checked : field.value, value: field.value };
}
function bring({ code, name, tick, is, value }) {
  const row = code ? editor().querySelector(`.planned[data-code="${CSS.escape(code)}"]`) : editor();
  const field = [...row?.querySelectorAll("[name]") ?? []].find((one) => (code ? one.name.replace(/^p\d+/, "") : one.name) === name && (!tick || one.value === value));
  if (!field) return;
  if (tick) field.checked = is; else field.value = is;
  changed({ target: field });
}
// What was typed before this script ran counts too.
const touched = (field) => field.matches("[type=checkbox]") ? field.name !== "lend" && field.checked !== field.defaultChecked : field.matches("input, textarea") && field.name !== "add" && field.value !== field.defaultValue;
{ const early = [...editor().elements].find(touched); if (early) changed({ target: early }); }
// Whoever leaves in the middle of a word loses nothing.
addEventListener("pagehide", () => {
  if (!(dirty || sending) || !editor()) return;
  const body = new URLSearchParams(new FormData(editor()));
  body.set("do", "autosave");
  navigator.sendBeacon(editor().action, body);
});

// What was refused is lost by leaving: then one is asked first.
addEventListener("beforeunload", (event) => {
  if (document.querySelector(".saved.not")) event.preventDefault();
});

// A button sends the whole form; what it did, and where one goes on, comes back with the answer.
// A button that is pressed meanwhile is pressed again then, on the row that it belonged to.
let busy = false, sending = false, free, next = "";
const named = (button) => button.getAttribute("aria-label") || button.value;
document.addEventListener("submit", (event) => {
  if (event.target !== editor() || !busy) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.submitter) next = named(event.submitter);
}, true);
document.addEventListener("htmx:beforeRequest", (event) => {
  sending = true;
  clearTimeout(free);
  if (event.target === editor()) { clearTimeout(timer); dirty = false; busy = true; }
});
// What came is alive only when it has settled: a button that is pressed before waits until then.
document.addEventListener("htmx:afterRequest", () => { sending = false; free = setTimeout(() => { busy = false; }, 200); });
// What was open stays open, by the row or the part that it belongs to.
const whose = (one) => (one.closest(".planned")?.dataset.code ?? "") + "/" + (one.id || one.className);
let wasOpen = [], failed = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (event.target.id === "editor") { failed = xhr.status > 400; wasOpen = [...editor().querySelectorAll("details[open]")].map(whose); }
  const whole = xhr.responseText.includes('id="plan-state"'); // else the answer is a page without the editor
  if ([403, 413, 422, 429].includes(xhr.status) && whole) { event.detail.shouldSwap = true; event.detail.isError = false; }
  if (xhr.status === 413 && !whole) { event.detail.isError = false; failed = false; dirty = true; say("Not saved: too long. What you typed is still here: shorten a text.", "not"); }
  if (xhr.status === 409) { // both versions on a page of their own, by the form itself
    event.detail.isError = false;
    if (event.target === editor()) { dirty = false; editor().submit(); } else conflict();
  }
});
function conflict() {
  stuck = true;
  say("Not saved: changed elsewhere.", "not");
  const see = document.createElement("button");
  see.type = "button";
  see.className = "button";
  see.textContent = "See both versions";
  see.addEventListener("click", () => { dirty = false; editor().submit(); });
  editor().querySelector(".saved").after(see);
}
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(name, () => { dirty = true; say("Not saved: no connection. What you typed is still here.", "not"); timer = setTimeout(save, 5000); });

// What the answer finds wrong stands at its field too, also where only the list of problems was exchanged.
function mark() {
  const wrong = new Map([...document.querySelectorAll("#problems li > a")].map((link) => [link.hash.slice(1), link.parentNode.querySelector(".why")?.textContent ?? ""]));
  for (const said of editor().querySelectorAll(".wrong")) if (!wrong.has(said.id.replace(/-wrong$/, ""))) unmark(said);
  for (const [name, why] of wrong) {
    const field = document.getElementById(name);
    if (!field || !why || field.matches("section, details")) continue;
    let said = document.getElementById(name + "-wrong");
    if (!said) {
      said = Object.assign(document.createElement("span"), { id: name + "-wrong", className: "wrong" });
      if (field.matches("input, select, textarea")) field.after(said); else field.append(said);
    }
    said.textContent = why[0].toUpperCase() + why.slice(1);
    if (field.matches("input:not([type=hidden]), select, textarea")) { field.setAttribute("aria-invalid", "true"); field.setAttribute("aria-describedby", said.id); }
  }
}
function unmark(said) {
  const name = said.id.replace(/-wrong$/, ""), field = document.getElementById(name), hint = document.getElementById(name + "-hint");
  said.remove();
  field?.removeAttribute("aria-invalid");
  if (hint) field.setAttribute("aria-describedby", hint.id); else field?.removeAttribute("aria-describedby");
}
// A link to a field opens what it is in, and one can type at once.
document.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.closest?.("#editor a[href^='#']")?.hash.slice(1) ?? "");
  if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  for (let one = field; one; one = one.parentElement) if (one.localName === "details") one.open = true;
  if (!field.matches("input, select, textarea, button, [tabindex]")) field.tabIndex = -1;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: field.matches("section, details") ? "start" : "center" });
});

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
document.addEventListener("htmx:afterSettle", () => {
  busy = sending;
  mark();
  settle();
  for (const one of editor().querySelectorAll("details")) if (wasOpen.includes(whose(one))) one.open = true;
  wasOpen = [];
  const problems = failed && document.querySelector(".problems");
  failed = false;
  if (problems) { problems.focus({ preventScroll: true }); problems.scrollIntoView({ block: "center" }); }
  late.splice(0).forEach(bring);
  const again = next && [...editor().querySelectorAll("button")].find((button) => named(button) === next);
  next = "";
  if (again && !again.disabled) again.click();
});
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
  const move = (moved) => {
    if (moved.clientY > innerHeight - 60) scrollBy(0, 16); else if (moved.clientY < 120) scrollBy(0, -16);
    const over = [...list.children].find((other) => { const box = other.getBoundingClientRect(); return other !== row && moved.clientY > box.top && moved.clientY < box.bottom; });
    if (!over) return;
    const box = over.getBoundingClientRect(), below = row.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (below && moved.clientY > box.top + box.height / 2) over.after(row);
    if (!below && moved.clientY < box.top + box.height / 2) over.before(row);
  };
  const end = () => {
    row.classList.remove("dragged");
    for (const name of ["pointermove", "pointerup", "pointercancel"]) document.removeEventListener(name, name === "pointermove" ? move : end);
    if ([...list.children].some((other, place) => other !== before[place])) editor().requestSubmit(editor().querySelector("button[value=save]"));
  };
  // On the document: a row that moves within the page loses the capture of the pointer.
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
});

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).href);
    document.getElementById("live").textContent = button.textContent = "Copied";
  });
}

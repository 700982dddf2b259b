// Presenting: steps by keys, taps and swipes; the figure flies to the place; the screen stays on. Without it every step
// is a page of its own.
"use strict";

const main = document.getElementById("presented"), body = main.querySelector(".body"), words = document.getElementById("words");
const across = document.getElementById("across"), live = document.getElementById("live");
const stops = [...words.querySelectorAll(".scene")], last = Number(main.dataset.last);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const FLIGHT = 900; // ms
const BADGE = 17; // px: the radius of a badge when the figure is near
let step = Number(main.dataset.step), flight = 0;

const whole = new Map();
for (const svg of body.querySelectorAll("svg.view")) whole.set(svg, svg.getAttribute("viewBox").split(" ").map(Number));
const now = new Map(whole);
// Arrow keys go through the points already; with Tab one would pass each of them on the way to the bar.
for (const point of body.querySelectorAll("a.point")) point.setAttribute("tabindex", "-1");
const figure = (view) => document.getElementById(`view-${view}`);

// Badges keep a size that can be read: they grow with the body to BADGE and no further, and stand nearer to their places.
function show(svg, [x, y, width, height]) {
  now.set(svg, [x, y, width, height]);
  svg.setAttribute("viewBox", [x, y, width, height].map((n) => n.toFixed(1)).join(" "));
  const room = svg.getBoundingClientRect(), [, , w, h] = whole.get(svg);
  const scale = (a, b) => Math.min(room.width / a, room.height / b) || 1;
  const badges = svg.querySelectorAll(".badge"), radius = Number(badges[0]?.getAttribute("r") || 1);
  const size = Math.max(radius * scale(w, h), Math.min(BADGE, radius * scale(width, height)));
  const k = size / (radius * scale(width, height));
  for (const point of svg.querySelectorAll(".point[data-at]")) {
    const [px, py] = point.dataset.at.split(",").map(Number), badge = point.querySelector(".badge");
    const about = (ax, ay, bx = ax, by = ay) => `translate(${bx - ax * k} ${by - ay * k}) scale(${k})`;
    for (const part of point.querySelectorAll(":scope > .dot")) part.setAttribute("transform", about(px, py));
    if (!badge) continue;
    const bx = Number(badge.getAttribute("cx")), by = Number(badge.getAttribute("cy")), nx = px + (bx - px) * k, ny = py + (by - py) * k;
    badge.parentNode.setAttribute("transform", about(bx, by, nx, ny));
    const anchor = svg.querySelector(`[data-of="${point.id}"]`), leader = anchor?.querySelector(".leader");
    anchor?.querySelector(".dot").setAttribute("transform", about(px, py));
    if (leader) { leader.setAttribute("x2", nx); leader.setAttribute("y2", ny); }
  }
}
// The way leads up and over: the view widens in the middle of a long way.
function fly(svg, to) {
  cancelAnimationFrame(flight);
  const from = now.get(svg), start = performance.now();
  if (still.matches) { show(svg, to); return; }
  const middle = ([x, y, w, h]) => [x + w / 2, y + h / 2];
  const [fx, fy] = middle(from), [tx, ty] = middle(to);
  const far = Math.hypot(tx - fx, ty - fy) / Math.max(from[3], to[3]);
  const frame = (time) => {
    const part = Math.min(1, (time - start) / FLIGHT), eased = part < .5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
    const bump = 1 + Math.min(far, 1.5) * Math.sin(Math.PI * eased) * .8;
    const w = from[2] * (to[2] / from[2]) ** eased * bump, h = from[3] * (to[3] / from[3]) ** eased * bump;
    const x = fx + (tx - fx) * eased, y = fy + (ty - fy) * eased;
    show(svg, part < 1 ? [x - w / 2, y - h / 2, w, h] : to);
    if (part < 1) flight = requestAnimationFrame(frame);
  };
  flight = requestAnimationFrame(frame);
}

function go(next, quietly = false) {
  if (next < 0 || next > last) return;
  step = next;
  const stop = stops[step], lit = new Set((stop.dataset.dots || "").split(" "));
  for (const one of stops) one.hidden = one !== stop;
  words.scrollTop = 0;
  let fresh = false;
  for (const view of body.querySelectorAll(".shown-view")) {
    const own = view.id === `view-${stop.dataset.view}`;
    fresh ||= own && view.hidden;
    view.hidden = !own;
  }
  for (const point of body.querySelectorAll(".point")) {
    point.classList.toggle("chosen", lit.has(point.id));
    if (lit.has(point.id) && !point.contains(document.activeElement)) point.parentNode.append(point); // above its neighbours
  }
  for (const anchor of body.querySelectorAll(".anchor")) anchor.classList.toggle("chosen", lit.has(anchor.dataset.of));
  document.body.toggleAttribute("data-lit", Boolean(stop.dataset.dots));
  const svg = figure(stop.dataset.view)?.querySelector("svg.view");
  if (svg) {
    if (fresh) show(svg, whole.get(svg));
    fly(svg, stop.dataset.dots ? stop.dataset.window.split(" ").map(Number) : whole.get(svg));
  }
  mirror();
  const { place, name } = stop.dataset;
  document.getElementById("count").textContent = place;
  document.title = [...(step ? [name] : []), stops[0].dataset.name, "Bodymap"].join(" · ");
  for (const [id, target] of [["previous", step - 1], ["next", step + 1]]) {
    const key = document.getElementById(id), can = target >= 0 && target <= last;
    key.toggleAttribute("data-off", !can);
    if (can) key.href = address({ step: target || "" }); else key.removeAttribute("href");
  }
  for (const key of document.querySelectorAll(".toggle")) {
    const url = new URL(key.href);
    if (step) url.searchParams.set("step", step); else url.searchParams.delete("step");
    key.href = url.href;
  }
  if (quietly) return;
  history.replaceState(history.state, "", address({ step: step || "" }));
  live.textContent = `${place}: ${name}`;
}
function address(changes) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) if (value === "") url.searchParams.delete(name); else url.searchParams.set(name, value);
  return url.href;
}
// The words for the one across are the same words, turned; those who listen hear them once.
function mirror() {
  const copy = stops[step].querySelector(".said-words")?.cloneNode(true) || stops[step].cloneNode(true);
  for (const own of copy.querySelectorAll("[id]")) own.removeAttribute("id");
  copy.querySelector(".agenda")?.remove();
  copy.hidden = false;
  across.replaceChildren(copy);
}

// Keys, taps, swipes
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const target = event.key in KEYS ? step + KEYS[event.key] : event.key === "Home" ? 0 : event.key === "End" ? last : null;
  if (target === null) return;
  event.preventDefault();
  go(target);
});
document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const point = event.target.closest?.(".body a.point, [data-go]"), key = event.target.closest?.("#previous, #next");
  if (point) {
    event.preventDefault();
    go(Number(new URL(point.getAttribute("href"), location.href).searchParams.get("step")));
    if (!point.closest(".body")) words.focus(); // what was clicked is gone
  } else if (key) {
    event.preventDefault();
    go(step + (key.id === "next" ? 1 : -1));
  } else if (event.target.closest?.(".body") && !swiped) {
    const room = body.getBoundingClientRect();
    go(step + (event.clientX < room.x + room.width / 2 ? -1 : 1));
  }
});
let start = null, swiped = false;
main.addEventListener("touchstart", (event) => { start = event.touches.length === 1 ? event.touches[0] : null; swiped = false; }, { passive: true });
main.addEventListener("touchend", (event) => {
  if (!start) return;
  const end = event.changedTouches[0], dx = end.clientX - start.clientX, dy = end.clientY - start.clientY;
  start = null;
  if (Math.abs(dx) < 48 || Math.abs(dx) < 2 * Math.abs(dy)) return;
  swiped = true;
  setTimeout(() => { swiped = false; }, 400); // the click that some browsers send after it
  const turned = document.body.classList.contains("facing-across") ? -1 : 1;
  go(step + (dx * turned < 0 ? 1 : -1));
}, { passive: true });

// The room, the side of the table, the full screen, a screen that stays on
document.getElementById("room").addEventListener("click", (event) => {
  event.preventDefault();
  const dark = document.body.classList.toggle("dark-room"), key = event.currentTarget;
  history.replaceState(history.state, "", address({ room: dark ? "dark" : "" }));
  if (dark) key.setAttribute("aria-current", "true"); else key.removeAttribute("aria-current");
  key.href = address({ room: dark ? "" : "dark" });
});
for (const key of document.querySelectorAll("[data-facing]")) {
  key.addEventListener("click", (event) => {
    event.preventDefault();
    const facing = key.dataset.facing;
    for (const other of document.querySelectorAll("[data-facing]")) {
      document.body.classList.toggle(`facing-${other.dataset.facing || "mine"}`, other === key);
      if (other === key) other.setAttribute("aria-current", "true"); else other.removeAttribute("aria-current");
    }
    across.hidden = facing !== "both";
    history.replaceState(history.state, "", address({ facing }));
    resize();
  });
}
const full = document.getElementById("full");
full.hidden = !document.fullscreenEnabled;
full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {}));
document.addEventListener("fullscreenchange", () => full.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement))));
let lock = null;
async function stayOn() {
  if (!navigator.wakeLock || document.visibilityState !== "visible" || (lock && !lock.released)) return;
  try {
    lock = await navigator.wakeLock.request("screen");
    document.getElementById("awake").hidden = false;
    lock.addEventListener("release", () => { document.getElementById("awake").hidden = true; });
  } catch { /* a low battery may refuse it; the screen then dims as it always does */ }
}
document.addEventListener("visibilitychange", stayOn);
stayOn();

function resize() {
  cancelAnimationFrame(flight);
  const svg = figure(stops[step].dataset.view)?.querySelector("svg.view");
  if (svg) show(svg, stops[step].dataset.dots ? stops[step].dataset.window.split(" ").map(Number) : whole.get(svg));
}
addEventListener("resize", resize);
go(step, true);
resize();

// The map under the hand: lights map and list together, arrow keys, zoom and pan, and what htmx leaves to do.
// Everything here is an ease: without it every link still opens its page.
"use strict";

const live = document.getElementById("live");
const figures = document.querySelector(".figures");

// Ctrl, meta and shift clicks belong to the browser (a new tab), not to htmx.
document.addEventListener("click", (event) => {
  if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest("[hx-get]")) event.stopImmediatePropagation();
}, true);

// Hover and focus light the same point or region on the map and in the list.
function light(event, on) {
  const own = event.target.closest?.("[data-code], [data-slug], [data-area]");
  if (!own) return;
  const { code, slug, area } = own.dataset;
  const same = code ? `[data-code="${CSS.escape(code)}"]` : `[data-slug="${CSS.escape(slug || area)}"], [data-area="${CSS.escape(slug || area)}"]`;
  for (const element of document.querySelectorAll(same)) element.classList.toggle("lit", on);
}
for (const [start, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  document.addEventListener(start, (event) => light(event, true));
  document.addEventListener(end, (event) => light(event, false));
}

// One tab stop per figure; arrows go to the nearest link in that direction, Escape goes back.
function links(svg) { return [...svg.querySelectorAll(".overlay a")]; }
function rove(svg, current) {
  const all = links(svg);
  const chosen = current || all.find((link) => link.matches(".point.chosen")) || all.find((link) => link.querySelector(".badge")) || all[0];
  for (const link of all) link.setAttribute("tabindex", link === chosen ? "0" : "-1");
}
function middle(link) {
  const box = (link.querySelector(".badge, .dot") || link).getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}
const ZOOMS = { "+": "in", "=": "in", "-": "out", "0": "home" };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener("keydown", (event) => {
  const svg = document.activeElement?.closest?.("svg.view");
  const way = ARROWS[event.key];
  if (svg && way && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    const [x, y] = middle(document.activeElement);
    let best = null, least = Infinity;
    const kind = document.activeElement.matches(".point") ? ".point" : "a"; // among points, areas do not get in the way
    for (const link of links(svg)) {
      if (link === document.activeElement || !link.matches(kind)) continue;
      const [lx, ly] = middle(link);
      const along = (lx - x) * way[0] + (ly - y) * way[1];
      const aside = Math.abs((lx - x) * way[1]) + Math.abs((ly - y) * way[0]);
      if (along > 1 && along + 2.5 * aside < least) { best = link; least = along + 2.5 * aside; }
    }
    if (best) { rove(svg, best); best.focus(); }
  } else if (svg && whole.has(svg) && ZOOMS[event.key] && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    step(svg, ZOOMS[event.key]);
  } else if (event.key === "Escape") {
    const suggestions = document.getElementById("suggestions"), menu = document.querySelector(".zooms[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
    if (suggestions?.childElementCount) suggestions.replaceChildren();
    else if (!event.target.closest?.("input, details[open]")) document.getElementById("up")?.click();
  }
});

// Phones show one view at a time; flipping it is only a change of class, the address follows.
function flip(view) {
  if (!figures?.querySelector(`[data-view="${view}"]`)) return false;
  for (const holder of figures.children) holder.classList.toggle("primary", holder.dataset.view === view);
  for (const link of document.querySelectorAll("[data-flip]")) link.toggleAttribute("aria-current", link.dataset.flip === view);
  return true;
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-flip]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !flip(link.dataset.flip)) return;
  event.preventDefault();
  history.replaceState(history.state, "", link.href);
});

// Zoom and pan by changing the view box; the address keeps it as #zoom=view,x,y,width.
const whole = new Map();
function box(svg) { return svg.getAttribute("viewBox").split(" ").map(Number); }
function show(svg, x, y, width) {
  const [, , w, h] = whole.get(svg);
  const size = Math.min(Math.max(width, w / 8), w);
  const left = Math.min(Math.max(x, 0), w - size), top = Math.min(Math.max(y, 0), h - size * h / w);
  svg.setAttribute("viewBox", [left, top, size, size * h / w].map((n) => n.toFixed(1)).join(" "));
  svg.classList.toggle("moved", size < w);
  cancelAnimationFrame(fitting.get(svg)); // a wheel turns faster than frames pass
  fitting.set(svg, requestAnimationFrame(() => fit(svg)));
}
const fitting = new Map(), naming = new Map();
// What is written on the body grows with it; badges, dots, captions and the letters L and R keep their size on screen.
// A badge that stands apart from its place keeps its distance on screen too, so it comes nearer as the body grows.
function fit(svg) {
  const [left, top, width, height] = box(svg), k = width / whole.get(svg)[2];
  const about = (x, y, nx = x, ny = y) => `translate(${nx - x * k} ${ny - y * k}) scale(${k})`;
  for (const point of svg.querySelectorAll(".point[data-at]")) {
    const [x, y] = point.dataset.at.split(",").map(Number);
    if (x < left - width / 4 || x > left + 1.25 * width || y < top - height / 4 || y > top + 1.25 * height) continue; // out of sight
    for (const part of point.querySelectorAll(".dot, .caption, .name")) part.setAttribute("transform", about(x, y));
    const badge = point.querySelector(".badge");
    if (!badge) continue;
    const bx = +badge.getAttribute("cx"), by = +badge.getAttribute("cy"), nx = x + (bx - x) * k, ny = y + (by - y) * k;
    badge.parentNode.setAttribute("transform", about(bx, by, nx, ny));
    const anchor = svg.querySelector(`[data-of="${point.id}"]`), leader = anchor?.querySelector(".leader");
    anchor?.querySelector(".dot").setAttribute("transform", about(x, y));
    if (leader) { leader.setAttribute("x2", nx); leader.setAttribute("y2", ny); }
  }
  svg.querySelector(".sides")?.setAttribute("transform", about(0, 0, left, top));
  if (svg.querySelector(".name")) { clearTimeout(naming.get(svg)); naming.set(svg, setTimeout(name, 80, svg)); }
}
// Names stand where there is room, right, left, above or below: in turn, clear of every dot and of the names before.
// They are sought anew when the hand rests; until then they keep their sides.
function name(svg) {
  const [left, top, width, height] = box(svg), k = width / whole.get(svg)[2], taken = [], texts = [];
  for (const words of svg.querySelectorAll(".words text")) { const { x, y, width: w, height: h } = words.getBBox(); taken.push([x, y, x + w, y + h]); }
  for (const point of svg.querySelectorAll(".point[data-at]")) {
    const [x, y] = point.dataset.at.split(",").map(Number), text = point.querySelector(".name");
    if (x < left || x > left + width || y < top || y > top + height) { text?.classList.remove("shown"); continue; }
    const badge = point.querySelector(".badge"), r = +(badge || point.querySelector(".dot")).getAttribute("r") * k;
    taken.push([x - r, y - r, x + r, y + r]);
    if (text) texts.push([text, x, y]);
  }
  for (const [text, x, y] of texts) {
    const size = +text.getAttribute("font-size"), long = size * .68 * text.textContent.length;
    text.classList.remove("shown");
    for (const [anchor, dx, dy, start] of [["start", .65, .35, .65 * size], ["end", -.65, .35, -.65 * size - long], ["middle", 0, -.65, -long / 2], ["middle", 0, 1.35, -long / 2]]) {
      const own = [x + start * k, y + (dy - .95) * size * k, x + (start + long) * k, y + (dy + .25) * size * k];
      const inside = own[0] > left && own[2] < left + width && own[1] > top && own[3] < top + height;
      if (!inside || taken.some((other) => own[2] > other[0] && other[2] > own[0] && own[3] > other[1] && other[3] > own[1])) continue;
      text.setAttribute("text-anchor", anchor);
      text.setAttribute("x", x + dx * size);
      text.setAttribute("y", y + dy * size);
      text.classList.add("shown");
      taken.push(own);
      break;
    }
  }
}
function at(svg, clientX, clientY) {
  const point = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [point.x, point.y];
}
function zoom(svg, factor, x, y) {
  const [left, top, width, height] = box(svg);
  const size = Math.min(Math.max(width * factor, whole.get(svg)[2] / 8), whole.get(svg)[2]);
  show(svg, x - (x - left) * size / width, y - (y - top) * size / width, size);
  remember(svg);
}
function remember(svg) {
  const [x, y, width] = box(svg);
  const moved = svg.classList.contains("moved");
  history.replaceState(history.state, "", location.pathname + location.search + (moved ? `#zoom=${svg.id},${x},${y},${width}` : ""));
}
function recall() {
  const found = /^#zoom=([\w-]+),([\d.]+),([\d.]+),([\d.]+)$/.exec(location.hash);
  const svg = found && document.getElementById(found[1]);
  if (svg && whole.has(svg)) show(svg, +found[2], +found[3], +found[4]);
}
for (const svg of figures?.querySelectorAll("svg.view") ?? []) {
  whole.set(svg, box(svg));
  rove(svg);
  if (svg.querySelector(".name")) fit(svg);
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !svg.classList.contains("moved")) return; // plain wheel scrolls the page
    event.preventDefault();
    zoom(svg, event.deltaY > 0 ? 1.15 : 1 / 1.15, ...at(svg, event.clientX, event.clientY));
  }, { passive: false });
  const fingers = new Map();
  let start = null;
  svg.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); start = { x: event.clientX, y: event.clientY, moved: false }; });
  svg.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = fingers.get(event.pointerId);
    if (fingers.size === 2) {
      const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
      const spread = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
      zoom(svg, spread(before) / Math.max(spread(event), 1), ...at(svg, (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2));
      start.moved = true;
    } else if (svg.classList.contains("moved")) {
      const [x, y, width] = box(svg), [ax, ay] = at(svg, before.clientX, before.clientY), [bx, by] = at(svg, event.clientX, event.clientY);
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > 6) start.moved = true;
      show(svg, x + ax - bx, y + ay - by, width);
    }
    fingers.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(name, (event) => { if (fingers.delete(event.pointerId) && start?.moved) remember(svg); });
  svg.addEventListener("click", (event) => { if (start?.moved) { event.preventDefault(); event.stopPropagation(); } }, true);
}
function step(svg, way) {
  const [x, y, width, height] = box(svg);
  if (way === "home") { show(svg, 0, 0, whole.get(svg)[2]); remember(svg); } else zoom(svg, way === "in" ? 1 / 1.4 : 1.4, x + width / 2, y + height / 2);
}
for (const buttons of document.querySelectorAll(".zoom-buttons")) {
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const way = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (way) step(buttons.closest(".figure-holder").querySelector("svg.view"), way);
  });
}
recall();

// After a swap: the best view on a phone, focus where the reader was, a word for those who listen, zoom kept.
let focused = "", kept = "";
document.addEventListener("htmx:beforeRequest", () => { focused = document.activeElement?.id || ""; kept = location.hash; });
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.matches(".add-to-plan")) { live.textContent = event.target.firstChild.textContent.trim(); return; } // said, and read on
  if (event.target.id === "list") live.textContent = document.getElementById("count").textContent.trim();
  if (event.target.id === "suggestions" || event.target.id === "list" || !document.getElementById("panel")) return;
  const panel = document.getElementById("panel"), heading = panel.querySelector("h1");
  for (const svg of whole.keys()) if (svg.classList.contains("moved") || svg.querySelector(".name")) fit(svg);
  for (const svg of figures.querySelectorAll("svg.view")) rove(svg, document.getElementById(focused)?.closest("svg") === svg ? document.getElementById(focused) : null);
  if (!new URLSearchParams(location.search).has("view")) flip(panel.dataset.view);
  const back = document.getElementById(focused);
  if (back && back.closest("svg.view")) back.focus({ preventScroll: true });
  else { panel.focus({ preventScroll: true }); if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView({ block: "start" }); }
  // On a phone the panel lies below the figure: bring its name and its first lines into view, the figure still above.
  const below = panel.getBoundingClientRect().top - innerHeight * 0.55;
  if (below > 0) scrollBy({ top: below, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  if (kept.startsWith("#zoom=")) history.replaceState(history.state, "", location.pathname + location.search + kept);
  if (heading) live.textContent = heading.textContent.trim().replace(/\s+/g, " ");
});
document.addEventListener("htmx:afterOnLoad", () => { live.textContent = ""; });

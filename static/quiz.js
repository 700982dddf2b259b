// The quiz under the hand: a cross on the figure, digits choose, Enter goes on. Without it every form still works.

const live = document.getElementById("live");
const form = document.getElementById("question");
const place = form?.querySelector("[data-place]");

if (place) {
  place.hidden = false;
  const svg = place.querySelector("svg"), cun = Number(place.dataset.cun), marks = Object.entries(JSON.parse(place.dataset.landmarks));
  const [left, top, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  let cross = null, x = left + width / 2, y = top + height / 2;
  const said = JSON.parse(place.dataset.said), number = (n) => Math.abs(n).toFixed(1).replace(/\.0$/, "");
  const say = (word, values) => said[word].replace(/{(\w+)}/g, (_, name) => values[name]);
  // Where the cross is, told from the nearest landmark that has a name.
  const where = () => {
    if (!marks.length) return "";
    const [name, [mx, my]] = marks.reduce((best, mark) => Math.hypot(mark[1][0] - x, mark[1][1] - y) < Math.hypot(best[1][0] - x, best[1][1] - y) ? mark : best);
    const down = (y - my) / cun, across = (x - mx) / cun, landmark = name.replace(/-/g, " "), ways = [];
    if (Math.abs(down) >= .1) ways.push(say(down > 0 ? "below" : "above", { far: number(down) }));
    if (Math.abs(across) >= .1) ways.push(say(across > 0 ? "right" : "left", { far: number(across) }));
    if (!ways.length) return say("at", { landmark });
    const way = ways.length > 1 ? say("both", { one: ways[0], other: ways[1] }) : ways[0];
    return say("of", { way, landmark });
  };
  const draw = () => {
    if (!cross) {
      cross = document.createElementNS("http://www.w3.org/2000/svg", "path");
      cross.setAttribute("class", "crosshair");
      svg.append(cross);
    }
    const arm = cun * .6;
    cross.setAttribute("d", `M${x - arm} ${y}H${x + arm}M${x} ${y - arm}V${y + arm}`);
  };
  const answer = () => {
    form.elements.x.value = x.toFixed(1);
    form.elements.y.value = y.toFixed(1);
    form.requestSubmit();
  };
  svg.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    if (point.x < left || point.x > left + width || point.y < top || point.y > top + height) return;
    [x, y] = [point.x, point.y];
    draw();
    answer();
  });
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  place.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (way && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      const step = cun * (event.shiftKey ? .1 : .5);
      x = Math.min(Math.max(x + way[0] * step, left), left + width);
      y = Math.min(Math.max(y + way[1] * step, top), top + height);
      draw();
      live.textContent = where();
    } else if (event.key === "Enter" && cross) {
      event.preventDefault();
      answer();
    }
  });
  place.addEventListener("focus", () => { if (place.matches(":focus-visible")) { draw(); live.textContent = where(); } });
}

// Digits choose an option; Enter in a choice answers.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches?.("input[type=text], input[type=search], select, textarea")) return;
  const options = [...(form?.querySelectorAll(".options input") ?? [])];
  if (options[Number(event.key) - 1]) { options[Number(event.key) - 1].checked = true; options[Number(event.key) - 1].focus(); }
  else if (event.key === "Enter" && options.some((option) => option.checked) && !event.target.matches("a, button, summary")) { event.preventDefault(); form.requestSubmit(); }
});
const next = document.getElementById("go-on");
next?.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); next.click(); } });  // as a button does

// The time zone of this device: sent with an answer, for the first one, and offered where none was chosen yet.
const zone = document.querySelector("[data-zone]");
if (zone && ["", "UTC"].includes(zone.value)) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

// An exam's time, told each minute; when it is over the page asks for the sheet.
const left = document.querySelector("[data-left]");
if (left) {
  const end = Date.now() + 1000 * Number(left.dataset.left);
  setInterval(() => {
    const minutes = Math.ceil((end - Date.now()) / 60000);
    if (minutes <= 0) location.reload();
    else if (!left.textContent.includes(` ${minutes} `)) left.textContent = left.textContent.replace(/\d+/, minutes);
  }, 1000);
}

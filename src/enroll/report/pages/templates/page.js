"use strict";
(function () {
  document.documentElement.classList.add("scripted");
  var all = function (query, root) { return Array.prototype.slice.call((root || document).querySelectorAll(query)); };

  // Tables: the head of a column sorts it, numbers as numbers.
  var valueOf = function (row, at) {
    var given = row.cells[at].getAttribute("data-v");
    var text = given === null ? row.cells[at].textContent.trim() : given;
    var number = Number(text.replace(/,/g, ""));
    return text !== "" && !isNaN(number) ? number : text;
  };
  var before = function (a, b) {
    if (typeof a === "number" && typeof b === "number") { return a - b; }
    if (typeof a === "number") { return -1; }
    if (typeof b === "number") { return 1; }
    return a < b ? -1 : a > b ? 1 : 0;
  };
  all("table").forEach(function (table) {
    all("thead th", table).forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var falling = head.getAttribute("aria-sort") !== "descending";
        all("thead th", table).forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        var rows = Array.prototype.slice.call(table.tBodies[0].rows);
        rows.sort(function (a, b) {
          var order = before(valueOf(a, head.cellIndex), valueOf(b, head.cellIndex));
          return falling ? -order : order;
        });
        rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
      });
    });
  });

  // In print, everything is open.
  window.addEventListener("beforeprint", function () {
    all("details").forEach(function (details) { details.open = true; });
  });

  var map = document.getElementById("map-drawing");
  if (!map) { return; }
  var says = document.getElementById("map-says");
  var things = function () {
    return all("[role=img][tabindex]", map).filter(function (thing) { return !thing.closest(".off"); });
  };
  var tell = function (event) {
    var thing = event.target.closest ? event.target.closest("[role=img][tabindex]") : null;
    if (thing) { says.textContent = thing.getAttribute("aria-label"); }
  };
  map.addEventListener("pointerover", tell);
  map.addEventListener("click", tell);
  map.addEventListener("focusin", tell);

  // One stop for the Tab key; the arrow keys go on from there.
  var stop = function () {
    var left = things();
    left.forEach(function (thing) { thing.setAttribute("tabindex", "-1"); });
    if (left.length) { left[left.length - 1].setAttribute("tabindex", "0"); }
  };
  map.addEventListener("keydown", function (event) {
    var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    var left = things();
    var at = left.indexOf(document.activeElement);
    if (!step || at < 0) { return; }
    event.preventDefault();
    var next = left[(at + step + left.length) % left.length];
    left[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  all("[data-layer]").forEach(function (box) {
    var layer = document.getElementById(box.getAttribute("data-layer"));
    var change = function () { layer.classList.toggle("off", !box.checked); stop(); };
    box.addEventListener("change", change);
    change();
  });

  // Zoom and move: the window onto the drawing changes, and the scale bar with it.
  var width = 10000, height = Number(map.getAttribute("data-height"));
  var unit = Number(map.getAttribute("data-unit"));
  var view = { x: 0, y: 0, zoom: 1 };
  var show = function () {
    var w = width / view.zoom, h = height / view.zoom;
    view.x = Math.min(Math.max(view.x, 0), width - w);
    view.y = Math.min(Math.max(view.y, 0), height - h);
    map.setAttribute("viewBox", [view.x, view.y, w, h].map(Math.round).join(" "));
    map.classList.toggle("zoomed", view.zoom > 1);
    all("[data-r]", map).forEach(function (mark) {
      mark.setAttribute("r", Math.round(Number(mark.getAttribute("data-r")) / Math.sqrt(view.zoom)));
    });
    scale();
  };
  var scale = function () {
    // The drawing may be narrower than its place: the smaller of the two ratios counts.
    var box = map.getBoundingClientRect(), bar = document.getElementById("map-scale");
    if (!box.width || !box.height) { return; }
    var pixel = Math.max(width / view.zoom / box.width, height / view.zoom / box.height);
    var metres = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000].filter(function (each) {
      return each / unit / pixel < box.width / 4;
    }).pop() || 50;
    var long = Math.round(metres / unit / pixel * width / box.width);
    bar.querySelector("path").setAttribute("d", "M100 120v160h" + long + "v-160");
    bar.querySelector("text").setAttribute("x", long + 220);
    bar.querySelector("text").textContent = metres < 1000 ? metres + " m" : metres / 1000 + " km";
  };
  all("[data-zoom]").forEach(function (button) {
    button.addEventListener("click", function () {
      var factor = Number(button.getAttribute("data-zoom"));
      var middle = { x: view.x + width / view.zoom / 2, y: view.y + height / view.zoom / 2 };
      view.zoom = factor ? Math.min(Math.max(view.zoom * factor, 1), 12) : 1;
      view.x = middle.x - width / view.zoom / 2;
      view.y = middle.y - height / view.zoom / 2;
      show();
    });
  });
  var held = null;
  map.addEventListener("pointerdown", function (event) {
    if (view.zoom > 1) { held = { x: event.clientX, y: event.clientY }; }
  });
  window.addEventListener("pointermove", function (event) {
    if (!held) { return; }
    var box = map.getBoundingClientRect();
    var pixel = Math.max(width / view.zoom / box.width, height / view.zoom / box.height);
    view.x -= (event.clientX - held.x) * pixel;
    view.y -= (event.clientY - held.y) * pixel;
    held = { x: event.clientX, y: event.clientY };
    show();
  });
  window.addEventListener("pointerup", function () { held = null; });
  window.addEventListener("pointercancel", function () { held = null; });
  window.addEventListener("resize", scale);
  stop();
  show();
})();

"use strict";
(function () {
  var facts = JSON.parse(document.getElementById("facts").textContent);
  var lines = document.getElementById("tickets").textContent.split("\n");
  var form = document.getElementById("ask"), field = document.getElementById("ticket");
  var answer = document.getElementById("answer");
  form.hidden = false;

  // Full-width letters and stray spaces come from phones; nothing else is forgiven.
  var cleaned = function (text) { return text.normalize("NFKC").replace(/\s+/g, ""); };
  var found = function (ticket) {
    var last = "", outcomes = [];
    lines.forEach(function (line) {
      var space = line.indexOf(" ");
      last = last.slice(0, parseInt(line.charAt(0), 36)) + line.slice(1, space);
      if (last === ticket) { outcomes.push(facts.outcomes[parseInt(line.slice(space + 1), 36)]); }
    });
    return outcomes;
  };
  var add = function (kind, text, where) {
    var made = document.createElement(kind);
    made.textContent = text;
    (where || answer).appendChild(made);
    return made;
  };
  var word = function (name) { return answer.getAttribute("data-" + name); };
  var tell = function (outcome) {
    var school = outcome[0], part = add("section", "");
    var head = add("h3", "", part);
    if (school) {
      add("bdi", facts.schools[school], head);
      add("small", " " + school, head);
    } else {
      head.textContent = word("without");
    }
    add("p", facts.reasons[outcome[1]], part);
    var cutoffs = school ? facts.cutoffs[school] || [] : [];
    if (cutoffs.length) {
      add("p", word("cutoffs"), part);
      var list = add("ul", "", part);
      cutoffs.forEach(function (words) { add("li", words, list); });
    }
  };
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var ticket = cleaned(field.value);
    var outcomes = ticket ? found(ticket) : [];
    if (!outcomes.length && ticket) { outcomes = found(ticket.toUpperCase()); }
    while (answer.firstChild) { answer.removeChild(answer.firstChild); }
    if (!outcomes.length) {
      add("p", word("unknown"));
      field.setAttribute("aria-invalid", "true");
      field.focus();
      return;
    }
    field.removeAttribute("aria-invalid");
    outcomes.forEach(tell);
  });
})();

// Options of a question: shuffled anew each time it is asked, to be tapped, and judged on the answer side.
// Without scripts they stand in their author's order, and the answer side marks those that are right.
(function () {
  var box = document.getElementById("recto-choice");
  var list = box && box.querySelector(".options");
  if (!list || list.classList.contains("live")) return;
  var name = "recto-choice";
  var options = Array.prototype.slice.call(list.children);
  var many = options.filter(function (option) { return option.classList.contains("right"); }).length > 1;
  var state = { card: box.dataset.card, order: options.map(function (_, at) { return at; }), picked: [] };

  // Some reviewers keep their page from front to back, others only the session's storage.
  function keep() {
    window.rectoChoice = state;
    try { sessionStorage.setItem(name, JSON.stringify(state)); } catch (refused) { /* the page will do */ }
  }
  function kept() {
    var known = window.rectoChoice;
    try { known = JSON.parse(sessionStorage.getItem(name)) || known; } catch (refused) { /* the page will do */ }
    var fits = known && known.card === state.card && Array.isArray(known.order) && Array.isArray(known.picked);
    var sound = fits && state.order.every(function (at) { return known.order.indexOf(at) >= 0; });
    return sound && known.order.length === options.length ? known : null;
  }
  function shuffle() {
    for (var last = options.length - 1; last > 0; last--) {
      var at = Math.floor(Math.random() * (last + 1));
      var other = state.order[at];
      state.order[at] = state.order[last];
      state.order[last] = other;
    }
  }
  function arrange() {
    state.order.forEach(function (at) { list.appendChild(options[at]); });
  }
  function mark() {
    options.forEach(function (option, at) {
      var picked = state.picked.indexOf(at) >= 0;
      option.classList.toggle("picked", picked);
      option.setAttribute("aria-checked", picked);
    });
  }
  function pick(at) {
    var others = state.picked.filter(function (other) { return other !== at; });
    var again = others.length < state.picked.length;
    state.picked = again ? others : (many ? others : []).concat([at]);
    mark();
    keep();
  }

  list.classList.add("live");
  list.classList.toggle("many", many);
  if (box.classList.contains("solved")) {
    state = kept() || state;
    list.classList.toggle("tried", state.picked.length > 0);
    arrange();
    return mark();
  }
  if (!list.classList.contains("fixed")) shuffle();
  arrange();
  mark();
  keep();
  list.setAttribute("role", many ? "group" : "radiogroup");
  options.forEach(function (option, at) {
    option.classList.add("tappable");
    option.setAttribute("role", many ? "checkbox" : "radio");
    option.addEventListener("click", function (event) {
      if (event.target.closest("a")) return;
      event.stopPropagation();
      pick(at);
    });
  });
})();

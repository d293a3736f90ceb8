// A text with marks, its outline beside it, and the fact behind a mark.
//
// Text of documents is data: it enters the page by text nodes and attributes only, never as HTML.
// Offsets are UTF-16 code units here; Python has converted them.

const states = new WeakMap(); // of the root element: what is chosen and shown

export default function (component) {
  const root = component.parentElement.querySelector(".reading");
  const { data } = component;
  let state = states.get(root);
  if (!state || state.version !== data.version) {
    state = { version: data.version, off: new Set(data.off), chosen: null, told: null, at: data.at, sent: [] };
    states.set(root, state);
    state.component = component;
    build(root, state, data);
  }
  state.component = component;
  root.dataset.scheme = dark(root) ? "dark" : "light";
  if (data.at !== state.told) {
    state.told = data.at;
    const sent = state.sent.indexOf(data.at); // what was chosen here comes back, perhaps after the next choice
    state.sent.splice(0, sent + 1);
    if (sent < 0) {
      state.at = data.at;
      show(state, data);
    }
  }
}

function build(root, state, data) {
  root.replaceChildren();
  state.text = element("div", "text", { role: "region", "aria-label": data.messages.text, tabindex: "0" });
  state.panel = element("aside", "panel", { "aria-live": "polite", "aria-label": data.messages.fact });
  root.append(legend(root, state, data));
  const columns = element("div", "columns");
  columns.append(outline(state, data), state.text, state.panel);
  root.append(columns);
  write(state, data);
  for (const kind of state.off) root.classList.add(`off-${kind}`);
  offer(state, data);
  listen(state, data);
  hint(state, data);
}

// legend -------------------------------------------------------------------------------------------

function legend(root, state, data) {
  const group = element("div", "legend", { role: "group", "aria-label": data.messages.legend });
  for (const kind of data.kinds) {
    const button = element("button", `kind k-${kind.name}`, { type: "button", "data-kind": kind.name });
    const pressed = () => button.setAttribute("aria-pressed", String(!state.off.has(kind.name)));
    const sign = element("span", "sign");
    sign.append(kind.sign);
    const label = element("span", "label");
    label.append(kind.label);
    const count = element("span", "count");
    count.append(String(kind.count));
    button.append(sign, label, count);
    button.addEventListener("click", () => {
      const off = !state.off.has(kind.name);
      state.off[off ? "add" : "delete"](kind.name);
      root.classList.toggle(`off-${kind.name}`, off);
      pressed();
      offer(state, data);
      say(state);
    });
    pressed();
    group.append(button);
  }
  return group;
}

// outline ------------------------------------------------------------------------------------------

function outline(state, data) {
  const details = element("details", "outline");
  details.open = !matchMedia("(max-width: 900px)").matches;
  const summary = element("summary", "");
  summary.append(data.messages.outline);
  const list = element("nav", "", { "aria-label": data.messages.outline });
  state.entries = data.clauses.map((clause) => {
    const button = element("button", `entry d${Math.min(clause.depth, 5)}`, { type: "button" });
    button.append(clause.label);
    button.title = clause.label;
    button.addEventListener("click", () => {
      scroll(state, clause.begin);
      flash(state, clause.begin, clause.end);
      state.text.focus({ preventScroll: true });
    });
    list.append(button);
    return { begin: clause.begin, button };
  });
  if (!data.clauses.length) list.append(data.messages.flat);
  details.append(summary, list);
  return details;
}

function follow(state) {
  const top = state.text.getBoundingClientRect().top + 40;
  const found = search(state.lines.length, (index) => state.lines[index].node.getBoundingClientRect().bottom > top);
  const offset = found < state.lines.length ? state.lines[found].end : Infinity;
  const next = search(state.entries.length, (index) => state.entries[index].begin >= offset);
  const current = state.entries[next - 1];
  if (current === state.current) return;
  state.current?.button.removeAttribute("aria-current");
  state.current = current;
  if (!current) return;
  current.button.setAttribute("aria-current", "true");
  const list = current.button.parentElement;
  const above = current.button.offsetTop - list.offsetTop;
  if (above < list.scrollTop || above > list.scrollTop + list.clientHeight - 40) {
    list.scrollTop = above - list.clientHeight / 2;
  }
}

// the text -----------------------------------------------------------------------------------------

function write(state, data) {
  const { text, marks } = data;
  const all = [
    ...data.styles.map(([begin, end, name]) => ({ begin, end, style: name })),
    ...marks.map((mark, index) => ({ begin: mark.begin, end: mark.end, index, mark })),
  ].sort((one, other) => one.begin - other.begin || other.end - one.end);
  state.lines = [];
  state.stops = [];
  state.spans = marks.map(() => []);
  let active = [];
  let next = 0;
  let begin = 0;
  const fragment = document.createDocumentFragment();
  while (begin < text.length) {
    const newline = text.indexOf("\n", begin);
    const end = newline < 0 ? text.length : newline + 1;
    active = active.filter((span) => span.end > begin);
    while (next < all.length && all[next].begin < end) active.push(all[next++]);
    const node = element("div", "line");
    const cuts = new Set([begin, end]);
    for (const span of active) {
      if (span.begin > begin) cuts.add(span.begin);
      if (span.end < end) cuts.add(span.end);
    }
    const places = [...cuts].sort((one, other) => one - other);
    for (let at = 0; at + 1 < places.length; at++) piece(state, node, text, places[at], places[at + 1], active);
    state.lines.push({ begin, end, node });
    fragment.append(node);
    begin = end;
  }
  state.text.append(fragment);
}

function piece(state, line, text, begin, end, active) {
  const covering = active
    .filter((span) => span.begin <= begin && span.end >= end)
    .sort((one, other) => other.end - other.begin - (one.end - one.begin));
  let parent = line;
  const starting = [];
  for (const span of covering) {
    const node = element("span", span.style ?? `mark k-${span.mark.kind}`);
    if (span.mark) {
      node.dataset.index = span.index;
      state.spans[span.index].push(node);
      if (span.begin === begin) {
        starting.push(span.index);
        node.dataset.sign = span.mark.sign;
      }
    }
    parent.append(node);
    parent = node;
  }
  parent.append(document.createTextNode(text.slice(begin, end)));
  if (starting.length) state.stops.push({ node: state.spans[starting.at(-1)].at(-1), facts: starting.reverse() });
}

// Which marks are buttons: one where facts that are shown begin, and one of them at a time in the order of tabs.
function offer(state, data) {
  let first = true;
  for (const stop of state.stops) {
    const shown = stop.facts.filter((index) => !state.off.has(data.marks[index].kind));
    stop.shown = shown;
    if (shown.length) {
      stop.node.setAttribute("role", "button");
      stop.node.setAttribute("tabindex", first ? "0" : "-1");
      stop.node.setAttribute("aria-label", shown.map((index) => name(data, index)).join("; "));
      first = false;
    } else {
      for (const attribute of ["role", "tabindex", "aria-label"]) stop.node.removeAttribute(attribute);
    }
  }
}

function name(data, index) {
  const mark = data.marks[index];
  const quote = data.text.slice(mark.begin, mark.end).replace(/\s+/g, " ");
  return `${mark.title}: ${quote.length > 60 ? `${quote.slice(0, 60)}…` : quote}`;
}

function listen(state, data) {
  state.text.addEventListener("click", (event) => {
    if (String(getSelection())) return; // somebody selects text to copy it
    choose(state, data, here(state, data, event.target));
  });
  state.text.addEventListener("keydown", (event) => {
    const stop = state.stops.findIndex((each) => each.node === event.target);
    if (stop < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      choose(state, data, here(state, data, event.target));
    } else if (!move(state, stop, event.key)) {
      return;
    }
    event.preventDefault();
  });
  state.text.addEventListener("scroll", () => {
    if (state.frame) return;
    state.frame = requestAnimationFrame(() => {
      state.frame = null;
      follow(state);
    });
  });
  state.panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(state, data);
  });
}

function move(state, from, key) {
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  const order = key === "Home" ? state.stops : key === "End" ? [...state.stops].reverse() : null;
  let to = order?.find((stop) => stop.shown.length);
  if (key in steps) {
    let index = from + steps[key];
    while (state.stops[index] && !state.stops[index].shown.length) index += steps[key];
    to = state.stops[index];
  } else if (!order) {
    return false;
  }
  if (to) {
    state.stops[from].node.setAttribute("tabindex", "-1");
    to.node.setAttribute("tabindex", "0");
    to.node.focus();
  }
  return true;
}

// The facts at a mark that are shown, the innermost first.
function here(state, data, node) {
  const found = [];
  for (let each = node; each && each !== state.text; each = each.parentElement) {
    const index = each.dataset?.index;
    if (index !== undefined && !state.off.has(data.marks[index].kind)) found.push(Number(index));
  }
  return found;
}

// the fact -----------------------------------------------------------------------------------------

function choose(state, data, facts) {
  if (!facts.length) return;
  // a second click on the same spot goes on to the fact around the first
  const known = facts.indexOf(state.chosen);
  const index = known < 0 ? facts[0] : facts[(known + 1) % facts.length];
  pick(state, data, index);
  tell(state, data.marks[index].fact);
}

function pick(state, data, index) {
  for (const node of state.spans[state.chosen] ?? []) node.classList.remove("chosen");
  state.chosen = index;
  for (const node of state.spans[index]) node.classList.add("chosen");
  const mark = data.marks[index];
  const head = element("div", "head");
  const sign = element("span", `sign k-${mark.kind}`);
  sign.append(mark.sign);
  const title = element("strong", "");
  title.append(mark.title);
  const shut = element("button", "close", { type: "button", "aria-label": data.messages.close });
  shut.append("×");
  shut.addEventListener("click", () => close(state, data));
  head.append(sign, title, shut);
  const quote = element("blockquote", "");
  quote.append(data.text.slice(mark.begin, mark.end));
  const list = element("dl", "");
  for (const [label, value, link] of mark.details) {
    const term = element("dt", "");
    term.append(label);
    const told = element("dd", "");
    told.append(link ? anchor(state, value, link) : value);
    list.append(term, told);
  }
  state.panel.replaceChildren(head, quote, list);
  const others = data.marks
    .map((other, at) => ({ other, at }))
    .filter(({ other, at }) => at !== index && other.begin < mark.end && mark.begin < other.end)
    .slice(0, 12);
  if (others.length) {
    const also = element("div", "also");
    also.append(data.messages.also);
    for (const { at } of others) {
      const button = element("button", "other", { type: "button" });
      button.append(name(data, at));
      button.addEventListener("click", () => choose(state, data, [at]));
      also.append(button);
    }
    state.panel.append(also);
  }
  state.panel.classList.add("open");
}

function anchor(state, text, link) {
  const made = element("a", "", { href: link, target: "_self" });
  made.append(text);
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault(); // within the session: no page is loaded anew
    state.component.setTriggerValue("go", link);
  });
  return made;
}

function close(state, data) {
  for (const node of state.spans[state.chosen] ?? []) node.classList.remove("chosen");
  const stop = state.stops.find((each) => each.facts.includes(state.chosen));
  state.chosen = null;
  hint(state, data);
  stop?.node.focus({ preventScroll: true });
  tell(state, null);
}

function tell(state, at) {
  state.at = at;
  state.sent.push(at);
  say(state);
}

// One value for all: of two that are set one after the other Streamlit may keep only the later.
function say(state) {
  state.component.setStateValue("said", { at: state.at, off: [...state.off].sort() });
}

function hint(state, data) {
  const said = element("p", "hint");
  said.append(data.marks.length ? data.messages.hint : data.messages.unmarked);
  state.panel.replaceChildren(said);
  state.panel.classList.remove("open");
}

// Where the address points: a fact is chosen, anything else is made visible.
function show(state, data) {
  if (!data.at) return;
  const index = data.marks.findIndex((mark) => mark.fact === data.at);
  if (index >= 0 && index !== state.chosen) pick(state, data, index);
  if (data.range) {
    scroll(state, data.range[0]);
    flash(state, ...data.range);
  }
}

function flash(state, begin, end) {
  for (const node of state.flashed ?? []) node.classList.remove("here");
  const from = search(state.lines.length, (index) => state.lines[index].end > begin);
  const until = search(state.lines.length, (index) => state.lines[index].begin >= end);
  state.flashed = state.lines.slice(from, until).map((line) => line.node);
  for (const node of state.flashed) node.classList.add("here");
}

function scroll(state, offset, again = 3) {
  const index = search(state.lines.length, (at) => state.lines[at].end > offset);
  const line = state.lines[index];
  if (!line) return;
  const spot = state.spans[state.chosen]?.[0];
  const node = spot && line.node.contains(spot) ? spot : line.node;
  const pane = state.text;
  pane.scrollTop += node.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 6;
  // lines that were never painted have a guessed height: what comes into view moves the rest
  if (again) requestAnimationFrame(() => scroll(state, offset, again - 1));
}

// ---------------------------------------------------------------------------------------------------

function element(tag, className, attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// The first of so many for which a test holds, when it holds for all after it too.
function search(count, test) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function dark(root) {
  const probe = element("span", "probe");
  root.append(probe);
  const [red, green, blue] = getComputedStyle(probe).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
  probe.remove();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

// The text: its lines, the marks in them, and what of it is in view.

import { element, findFirst } from "./dom.js";

// Writes the text line by line. Sets state.lines, state.stops (where marks begin) and state.spans (of each mark).
export function writeText(state, data) {
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
    for (let at = 0; at + 1 < places.length; at++) {
      writeStretch(state, node, text, places[at], places[at + 1], active);
    }
    state.lines.push({ begin, end, node });
    fragment.append(node);
    begin = end;
  }
  state.text.append(fragment);
}

// Writes characters of a line that the same marks cover, the longest mark outermost.
function writeStretch(state, line, text, begin, end, active) {
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

// Makes buttons of the marks where visible facts begin; one of them at a time is in the order of tabs.
export function updateButtons(state, data) {
  let first = true;
  for (const stop of state.stops) {
    const visible = stop.facts.filter((index) => !state.off.has(data.marks[index].kind));
    stop.visible = visible;
    if (visible.length) {
      stop.node.setAttribute("role", "button");
      stop.node.setAttribute("tabindex", first ? "0" : "-1");
      stop.node.setAttribute("aria-label", visible.map((index) => describeMark(data, index)).join("; "));
      first = false;
    } else {
      for (const attribute of ["role", "tabindex", "aria-label"]) stop.node.removeAttribute(attribute);
    }
  }
}

export function describeMark(data, index) {
  const mark = data.marks[index];
  const quote = data.text.slice(mark.begin, mark.end).replace(/\s+/g, " ");
  return `${mark.title}: ${quote.length > 60 ? `${quote.slice(0, 60)}…` : quote}`;
}

// Highlights the lines between two offsets.
export function flash(state, begin, end) {
  for (const node of state.flashed ?? []) node.classList.remove("here");
  const from = findFirst(state.lines.length, (index) => state.lines[index].end > begin);
  const until = findFirst(state.lines.length, (index) => state.lines[index].begin >= end);
  state.flashed = state.lines.slice(from, until).map((line) => line.node);
  for (const node of state.flashed) node.classList.add("here");
}

export function scrollTo(state, offset, again = 3) {
  const index = findFirst(state.lines.length, (at) => state.lines[at].end > offset);
  const line = state.lines[index];
  if (!line) return;
  const chosen = state.spans[state.chosen]?.[0];
  const node = chosen && line.node.contains(chosen) ? chosen : line.node;
  const pane = state.text;
  pane.scrollTop += node.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 6;
  // lines that were never painted have a guessed height: what comes into view moves the rest
  if (again) requestAnimationFrame(() => scrollTo(state, offset, again - 1));
}

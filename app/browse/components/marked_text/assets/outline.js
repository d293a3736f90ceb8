// The outline: a button for each clause, and the mark of the one that is read.

import { element, findFirst } from "./dom.js";
import { flash, scrollTo } from "./text.js";

export function makeOutline(state, data) {
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
      scrollTo(state, clause.begin);
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

// Marks the clause at the top of the text.
export function markCurrent(state) {
  const top = state.text.getBoundingClientRect().top + 40;
  const below = (index) => state.lines[index].node.getBoundingClientRect().bottom > top;
  const line = findFirst(state.lines.length, below);
  const offset = line < state.lines.length ? state.lines[line].end : Infinity;
  const next = findFirst(state.entries.length, (index) => state.entries[index].begin >= offset);
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

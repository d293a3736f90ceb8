// Mouse and keys in the text and in the panel.

import { markCurrent } from "./outline.js";
import { chooseFact, closePanel } from "./panel.js";

export function addListeners(state, data) {
  state.text.addEventListener("click", (event) => {
    if (String(getSelection())) return; // somebody selects text to copy it
    chooseFact(state, data, factsAt(state, data, event.target));
  });
  state.text.addEventListener("keydown", (event) => {
    const stop = state.stops.findIndex((each) => each.node === event.target);
    if (stop < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      chooseFact(state, data, factsAt(state, data, event.target));
    } else if (!moveFocus(state, stop, event.key)) {
      return;
    }
    event.preventDefault();
  });
  state.text.addEventListener("scroll", () => {
    if (state.frame) return;
    state.frame = requestAnimationFrame(() => {
      state.frame = null;
      markCurrent(state);
    });
  });
  state.panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePanel(state, data);
  });
}

// Moves the focus from a mark to another one; returns whether the key does that.
function moveFocus(state, from, key) {
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  const order = key === "Home" ? state.stops : key === "End" ? [...state.stops].reverse() : null;
  let to = order?.find((stop) => stop.visible.length);
  if (key in steps) {
    let index = from + steps[key];
    while (state.stops[index] && !state.stops[index].visible.length) index += steps[key];
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

// Returns the visible facts at a node of the text, the innermost first.
function factsAt(state, data, node) {
  const facts = [];
  for (let each = node; each && each !== state.text; each = each.parentElement) {
    const index = each.dataset?.index;
    if (index !== undefined && !state.off.has(data.marks[index].kind)) facts.push(Number(index));
  }
  return facts;
}

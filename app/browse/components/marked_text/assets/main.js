// A text with marks, its outline beside it, and the fact behind a mark.
//
// Text of documents is data: it enters the page by text nodes and attributes only, never as HTML.
// Offsets are UTF-16 code units here; Python has converted them.

import { element, isDark } from "./dom.js";
import { addListeners } from "./events.js";
import { makeLegend } from "./legend.js";
import { makeOutline } from "./outline.js";
import { showFact, showHint } from "./panel.js";
import { flash, scrollTo, updateButtons, writeText } from "./text.js";

const states = new WeakMap(); // of the root element: what is chosen and shown

export default function (component) {
  const root = component.parentElement.querySelector(".reading");
  const { data } = component;
  let state = states.get(root);
  if (!state || state.version !== data.version) {
    state = { version: data.version, off: new Set(data.off), chosen: null, received: null, at: data.at, sent: [] };
    states.set(root, state);
    state.component = component;
    build(root, state, data);
  }
  state.component = component;
  root.dataset.scheme = isDark(root) ? "dark" : "light";
  if (data.at !== state.received) {
    state.received = data.at;
    const sent = state.sent.indexOf(data.at); // what was chosen here comes back, perhaps after the next choice
    state.sent.splice(0, sent + 1);
    if (sent < 0) {
      state.at = data.at;
      showAddress(state, data);
    }
  }
}

function build(root, state, data) {
  root.replaceChildren();
  state.text = element("div", "text", { role: "region", "aria-label": data.messages.text, tabindex: "0" });
  state.panel = element("aside", "panel", { "aria-live": "polite", "aria-label": data.messages.fact });
  root.append(makeLegend(root, state, data));
  const columns = element("div", "columns");
  columns.append(makeOutline(state, data), state.text, state.panel);
  root.append(columns);
  writeText(state, data);
  for (const kind of state.off) root.classList.add(`off-${kind}`);
  updateButtons(state, data);
  addListeners(state, data);
  showHint(state, data);
}

// Shows what the address points to: a fact is chosen, anything else is made visible.
function showAddress(state, data) {
  if (!data.at) return;
  const index = data.marks.findIndex((mark) => mark.fact === data.at);
  if (index >= 0 && index !== state.chosen) showFact(state, data, index);
  if (data.range) {
    scrollTo(state, data.range[0]);
    flash(state, ...data.range);
  }
}

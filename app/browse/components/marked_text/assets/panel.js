// The panel with the chosen fact, and the messages to the server.

import { element } from "./dom.js";
import { describeMark } from "./text.js";

// Chooses one of the facts at a mark; a second click on the same mark goes on to the fact around the first.
export function chooseFact(state, data, facts) {
  if (!facts.length) return;
  const known = facts.indexOf(state.chosen);
  const index = known < 0 ? facts[0] : facts[(known + 1) % facts.length];
  showFact(state, data, index);
  sendFact(state, data.marks[index].fact);
}

export function showFact(state, data, index) {
  for (const node of state.spans[state.chosen] ?? []) node.classList.remove("chosen");
  state.chosen = index;
  for (const node of state.spans[index]) node.classList.add("chosen");
  const mark = data.marks[index];
  const quote = element("blockquote", "");
  quote.append(data.text.slice(mark.begin, mark.end));
  state.panel.replaceChildren(makeHead(state, data, mark), quote, makeDetails(state, mark));
  const others = data.marks
    .map((other, at) => ({ other, at }))
    .filter(({ other, at }) => at !== index && other.begin < mark.end && mark.begin < other.end)
    .slice(0, 12);
  if (others.length) {
    const also = element("div", "also");
    also.append(data.messages.also);
    for (const { at } of others) {
      const button = element("button", "other", { type: "button" });
      button.append(describeMark(data, at));
      button.addEventListener("click", () => chooseFact(state, data, [at]));
      also.append(button);
    }
    state.panel.append(also);
  }
  state.panel.classList.add("open");
}

function makeHead(state, data, mark) {
  const head = element("div", "head");
  const sign = element("span", `sign k-${mark.kind}`);
  sign.append(mark.sign);
  const title = element("strong", "");
  title.append(mark.title);
  const close = element("button", "close", { type: "button", "aria-label": data.messages.close });
  close.append("×");
  close.addEventListener("click", () => closePanel(state, data));
  head.append(sign, title, close);
  return head;
}

function makeDetails(state, mark) {
  const list = element("dl", "");
  for (const [label, text, link] of mark.details) {
    const term = element("dt", "");
    term.append(label);
    const value = element("dd", "");
    value.append(link ? makeLink(state, text, link) : text);
    list.append(term, value);
  }
  return list;
}

function makeLink(state, text, link) {
  const made = element("a", "", { href: link, target: "_self" });
  made.append(text);
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault(); // within the session: no page is loaded anew
    state.component.setTriggerValue("go", link);
  });
  return made;
}

export function closePanel(state, data) {
  for (const node of state.spans[state.chosen] ?? []) node.classList.remove("chosen");
  const stop = state.stops.find((each) => each.facts.includes(state.chosen));
  state.chosen = null;
  showHint(state, data);
  stop?.node.focus({ preventScroll: true });
  sendFact(state, null);
}

export function showHint(state, data) {
  const hint = element("p", "hint");
  hint.append(data.marks.length ? data.messages.hint : data.messages.unmarked);
  state.panel.replaceChildren(hint);
  state.panel.classList.remove("open");
}

function sendFact(state, fact) {
  state.at = fact;
  state.sent.push(fact);
  sendSelection(state);
}

// One value for all: of two that are set one after the other Streamlit may keep only the later.
export function sendSelection(state) {
  state.component.setStateValue("selection", { at: state.at, off: [...state.off].sort() });
}

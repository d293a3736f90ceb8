// An editor for SPARQL: colours, line numbers, the place of an error, completion of prefixes, terms, variables
// and keywords. What it shows is only ever set as text.

import { findCompletions, isKeyword } from "./completion.js";

const TOKEN =
  /("""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(<[^<>"{}|^`\\\s]*>)|(#[^\n]*)|([?$][\p{L}\p{N}_]+)|((?:\p{L}[\p{L}\p{N}_-]*)?:[\p{L}\p{N}_.:-]*)|(\p{L}[\p{L}\p{N}_]*)/gu;
const TOKEN_CLASSES = ["literal", "iri", "comment", "variable", "name", "keyword"]; // of the groups of TOKEN
const WORD = /[?$]?[\p{L}\p{N}_:-]*$/u;
const MOST = 40; // completions that are offered

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".editor");
  root.run = (text) => setTriggerValue("run", text);
  if (!root.update) root.update = createEditor(root);
  root.update(data);
}

// Returns a function that takes new data.
function createEditor(root) {
  const [text, colours, gutter, offers] = [".text", ".colours", ".gutter", ".offers"].map((name) =>
    root.querySelector(name),
  );
  const run = root.querySelector(".run");
  const help = root.querySelector(".help");
  let data = { terms: [], prefixes: {} };
  let received = null; // the last text from the server
  let error = null;
  let completions = [];
  let chosen = 0;
  let wordBegin = 0;

  function paint() {
    const lines = text.value.split("\n");
    gutter.replaceChildren();
    lines.forEach((_, index) => {
      gutter.append(element("span", `${index + 1}\n`, error?.line === index + 1 ? "wrong" : ""));
    });
    colours.replaceChildren();
    let start = 0;
    const errorAt = error ? offsetOf(error, lines) : -1;
    const append = (token, name) => {
      const end = start + token.length;
      if (errorAt >= start && errorAt < end) {
        const at = errorAt - start;
        colours.append(element("span", token.slice(0, at), name));
        colours.append(element("span", token[at] === "\n" ? " \n" : token[at], "wrong"));
        colours.append(element("span", token.slice(at + 1), name));
      } else colours.append(element("span", token, name));
      start = end;
    };
    for (const match of text.value.matchAll(TOKEN)) {
      if (match.index > start) append(text.value.slice(start, match.index), "");
      const name = TOKEN_CLASSES.find((_, index) => match[index + 1] !== undefined);
      append(match[0], name === "keyword" && !isKeyword(match[0]) ? "" : name);
    }
    append(text.value.slice(start), "");
    if (errorAt >= text.value.length) colours.append(element("span", " ", "wrong"));
    colours.append("\n");
    syncScroll();
  }

  function syncScroll() {
    colours.scrollTop = gutter.scrollTop = text.scrollTop;
    colours.scrollLeft = text.scrollLeft;
  }

  function closeOffers() {
    offers.hidden = true;
    text.setAttribute("aria-expanded", "false");
  }

  function offerCompletions(forced) {
    const caret = text.selectionStart;
    const before = text.value.slice(0, caret);
    const word = before.match(WORD)[0];
    wordBegin = caret - word.length;
    const line = text.value.slice(text.value.lastIndexOf("\n", wordBegin - 1) + 1, wordBegin);
    const wanted = caret === text.selectionEnd && !line.includes("#") && (word || forced);
    completions = wanted
      ? findCompletions(word, text.value.slice(0, wordBegin), text.value, data, forced).slice(0, MOST)
      : [];
    if (completions.length === 0 || (completions.length === 1 && completions[0][2] === word)) return closeOffers();
    chosen = 0;
    offers.replaceChildren(
      ...completions.map(([name, meaning], index) => {
        const item = document.createElement("li");
        item.setAttribute("role", "option");
        item.append(element("span", name, "what"), element("span", meaning, "means"));
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          accept(index);
        });
        return item;
      }),
    );
    offers.hidden = false;
    text.setAttribute("aria-expanded", "true");
    markChosen();
    placeOffers();
  }

  function placeOffers() {
    const outer = root.getBoundingClientRect();
    const mirror = document.createRange();
    let rest = wordBegin;
    for (const node of textNodes(colours)) {
      if (rest <= node.length) {
        mirror.setStart(node, rest);
        break;
      }
      rest -= node.length;
    }
    mirror.collapse(true);
    const caret = mirror.getClientRects()[0] ?? mirror.startContainer.parentElement.getBoundingClientRect();
    offers.style.top = `${caret.bottom - outer.top + 4}px`;
    offers.style.left = `${Math.max(0, Math.min(caret.left - outer.left, outer.width - offers.offsetWidth))}px`;
  }

  function markChosen() {
    [...offers.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === chosen));
    });
    offers.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function accept(index) {
    const inserted = completions[index][2];
    closeOffers();
    text.focus();
    text.setSelectionRange(wordBegin, text.selectionStart);
    insert(inserted);
    const prefix = inserted.includes("<") ? "" : inserted.split(":")[0];
    if (inserted.includes(":") && data.prefixes[prefix] && !isDeclared(prefix)) {
      const line = `PREFIX ${prefix}: <${data.prefixes[prefix]}>\n`;
      const caret = text.selectionStart;
      text.setSelectionRange(0, 0);
      insert(line);
      text.setSelectionRange(caret + line.length, caret + line.length);
    }
    if (inserted.endsWith(":")) offerCompletions(true);
    else closeOffers();
  }

  function isDeclared(prefix) {
    return new RegExp(`prefix\\s+${prefix}:`, "i").test(text.value);
  }

  function insert(inserted) {
    // keeps what can be undone; browsers without it take the other way
    if (!document.execCommand("insertText", false, inserted)) {
      text.setRangeText(inserted, text.selectionStart, text.selectionEnd, "end");
      forgetError();
    }
  }

  function forgetError() {
    error = null;
    paint();
  }

  function runQuery() {
    closeOffers();
    root.run(text.value);
  }

  text.addEventListener("input", () => {
    forgetError();
    offerCompletions(false);
  });
  text.addEventListener("scroll", () => {
    syncScroll();
    closeOffers();
  });
  text.addEventListener("blur", closeOffers);
  text.addEventListener("click", closeOffers);
  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return runQuery();
    }
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      return offerCompletions(true);
    }
    if (offers.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + completions.length) % completions.length;
      markChosen();
    } else if (event.key === "Enter" || event.key === "Tab") accept(chosen);
    else if (event.key === "Escape") closeOffers();
    else {
      if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") closeOffers();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  run.addEventListener("click", runQuery);

  return (newData) => {
    data = newData;
    run.textContent = data.run;
    help.textContent = data.help;
    if (received !== data.text) {
      received = data.text;
      text.value = data.text;
      const lines = data.text.split("\n").length;
      root.querySelector(".pane").style.height = `${Math.min(Math.max(lines + 2, 12), 26) * 1.5}em`;
      text.scrollTop = 0;
    }
    error = data.error && text.value === data.text ? data.error : null;
    paint();
  };
}

function offsetOf(position, lines) {
  const begin = lines.slice(0, position.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  return begin + Math.max(0, Math.min(position.column - 1, lines[position.line - 1]?.length ?? 0));
}

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function* textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) yield walker.currentNode;
}

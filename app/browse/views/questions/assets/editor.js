// An editor for SPARQL: colours, line numbers, the place of an error, completion of prefixes, terms, variables
// and keywords. What it shows is only ever set as text.

const KEYWORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE PREFIX BASE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND " +
  "VALUES UNDEF GROUP BY ORDER HAVING ASC DESC LIMIT OFFSET AS EXISTS NOT IN SERVICE COUNT SUM MIN MAX AVG SAMPLE " +
  "GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI STRLEN SUBSTR UCASE LCASE CONTAINS STRSTARTS " +
  "STRENDS STRBEFORE STRAFTER CONCAT REPLACE REGEX ABS ROUND CEIL FLOOR YEAR MONTH DAY NOW COALESCE IF SAMETERM ISIRI " +
  "ISLITERAL ISBLANK STRDT STRLANG TRUE FALSE"
).split(" ");
const KNOWN = new Set(KEYWORDS);
const TOKEN = /("""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(<[^<>"{}|^`\\\s]*>)|(#[^\n]*)|([?$][\p{L}\p{N}_]+)|((?:\p{L}[\p{L}\p{N}_-]*)?:[\p{L}\p{N}_.:-]*)|(\p{L}[\p{L}\p{N}_]*)/gu;
const CLASSES = ["literal", "iri", "comment", "variable", "name", "keyword"];
const WORD = /[?$]?[\p{L}\p{N}_:-]*$/u;
const MOST = 40;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".editor");
  root.send = (text) => setTriggerValue("run", text);
  if (!root.update) root.update = made(root);
  root.update(data);
}

function made(root) {
  const [text, colours, gutter, offers] = [".text", ".colours", ".gutter", ".offers"].map((name) => root.querySelector(name));
  const run = root.querySelector(".run");
  const help = root.querySelector(".help");
  let state = { terms: [], prefixes: {} };
  let received = null;
  let wrong = null;
  let found = [];
  let chosen = 0;
  let begin = 0;

  function paint() {
    const lines = text.value.split("\n");
    gutter.replaceChildren();
    lines.forEach((_, index) => {
      const number = element("span", `${index + 1}\n`, wrong && wrong.line === index + 1 ? "wrong" : "");
      gutter.append(number);
    });
    colours.replaceChildren();
    let start = 0;
    let at = -1;
    if (wrong) {
      at = lines.slice(0, wrong.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
      at += Math.max(0, Math.min(wrong.column - 1, lines[wrong.line - 1]?.length ?? 0));
    }
    const put = (piece, name) => {
      const end = start + piece.length;
      if (at >= start && at < end) {
        colours.append(element("span", piece.slice(0, at - start), name));
        colours.append(element("span", piece[at - start] === "\n" ? " \n" : piece[at - start], "wrong"));
        colours.append(element("span", piece.slice(at - start + 1), name));
      } else colours.append(element("span", piece, name));
      start = end;
    };
    for (const match of text.value.matchAll(TOKEN)) {
      if (match.index > start) put(text.value.slice(start, match.index), "");
      const group = CLASSES.findIndex((_, index) => match[index + 1] !== undefined);
      const name = CLASSES[group];
      put(match[0], name === "keyword" && !KNOWN.has(match[0].toUpperCase()) && match[0] !== "a" ? "" : name);
    }
    put(text.value.slice(start), "");
    if (at >= text.value.length) colours.append(element("span", " ", "wrong"));
    colours.append("\n");
    scrolled();
  }

  function scrolled() {
    colours.scrollTop = gutter.scrollTop = text.scrollTop;
    colours.scrollLeft = text.scrollLeft;
  }

  function close() {
    offers.hidden = true;
    text.setAttribute("aria-expanded", "false");
  }

  function candidates(word, forced) {
    const low = word.toLowerCase();
    const variables = () => [...new Set(text.value.match(/[?$][\p{L}\p{N}_]+/gu) ?? [])].filter((each) => each !== word);
    if (/^[?$]/.test(word)) return variables().filter((each) => each.toLowerCase().startsWith(low)).map((each) => [each, "", each]);
    const before = text.value.slice(0, begin);
    if (/prefix\s+$/i.test(before)) {
      return Object.entries(state.prefixes).filter(([name]) => name.startsWith(low.replace(":", "")))
        .map(([name, space]) => [`${name}:`, space, `${name}: <${space}>`]);
    }
    if (!forced && (low.length < 2 && !/[^\x00-\x7f]/.test(low)) && !low.includes(":")) return [];
    const rank = ([name, label, other]) => {
      const local = name.slice(name.indexOf(":") + 1).toLowerCase();
      if (name.toLowerCase().startsWith(low)) return 0;
      if (low.includes(":")) {
        const [prefix, part] = low.split(":");
        if (name.split(":")[0] !== prefix) return 9;
        return local.includes(part) || label.toLowerCase().includes(part) || other.toLowerCase().includes(part) ? 3 : 9;
      }
      if (local.startsWith(low)) return 1;
      if (label.toLowerCase().startsWith(low) || other.toLowerCase().startsWith(low)) return 2;
      return local.includes(low) || label.toLowerCase().includes(low) || other.toLowerCase().includes(low) ? 3 : 9;
    };
    const ranked = state.terms.map((term) => [rank(term), term]).filter(([place]) => place < 9);
    ranked.sort((one, other) => one[0] - other[0]);
    const terms = ranked.map(([, [name, label]]) => [name, label, name]);
    const keywords = low.includes(":") ? [] : KEYWORDS.filter((each) => each.toLowerCase().startsWith(low)).map((each) => [each, "", each]);
    const prefixes = low.includes(":") ? [] : Object.entries(state.prefixes).filter(([name]) => name.startsWith(low)).map(([name, space]) => [`${name}:`, space, `${name}:`]);
    return [...keywords, ...prefixes, ...terms];
  }

  function offer(forced) {
    const caret = text.selectionStart;
    const word = text.value.slice(0, caret).match(WORD)[0];
    begin = caret - word.length;
    const line = text.value.slice(text.value.lastIndexOf("\n", begin - 1) + 1, begin);
    found = caret === text.selectionEnd && !line.includes("#") && (word || forced) ? candidates(word, forced).slice(0, MOST) : [];
    if (found.length === 0 || (found.length === 1 && found[0][2] === word)) return close();
    chosen = 0;
    offers.replaceChildren(...found.map(([name, label], index) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.append(element("span", name, "what"), element("span", label, "means"));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(index); });
      return item;
    }));
    offers.hidden = false;
    text.setAttribute("aria-expanded", "true");
    mark();
    place();
  }

  function place() {
    const outer = root.getBoundingClientRect();
    const mirror = document.createRange();
    let rest = begin;
    for (const node of textNodes(colours)) {
      if (rest <= node.length) { mirror.setStart(node, rest); break; }
      rest -= node.length;
    }
    mirror.collapse(true);
    const caret = mirror.getClientRects()[0] ?? mirror.startContainer.parentElement.getBoundingClientRect();
    offers.style.top = `${caret.bottom - outer.top + 4}px`;
    offers.style.left = `${Math.max(0, Math.min(caret.left - outer.left, outer.width - offers.offsetWidth))}px`;
  }

  function mark() {
    [...offers.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
    offers.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    const insert = found[index][2];
    close();
    text.focus();
    text.setSelectionRange(begin, text.selectionStart);
    put(insert);
    const prefix = insert.includes("<") ? "" : insert.split(":")[0];
    if (insert.includes(":") && state.prefixes[prefix] && !declared(prefix)) {
      const line = `PREFIX ${prefix}: <${state.prefixes[prefix]}>\n`;
      const caret = text.selectionStart;
      text.setSelectionRange(0, 0);
      put(line);
      text.setSelectionRange(caret + line.length, caret + line.length);
    }
    if (insert.endsWith(":")) offer(true); else close();
  }

  function declared(prefix) {
    return new RegExp(`prefix\\s+${prefix}:`, "i").test(text.value);
  }

  function put(insert) {
    // keeps what can be undone; browsers without it take the other way
    if (!document.execCommand("insertText", false, insert)) {
      text.setRangeText(insert, text.selectionStart, text.selectionEnd, "end");
      changed();
    }
  }

  function changed() {
    wrong = null;
    paint();
  }

  function send() {
    close();
    root.send(text.value);
  }

  text.addEventListener("input", () => { changed(); offer(false); });
  text.addEventListener("scroll", () => { scrolled(); close(); });
  text.addEventListener("blur", close);
  text.addEventListener("click", close);
  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); return send(); }
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); return offer(true); }
    if (offers.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { chosen = (chosen + step + found.length) % found.length; mark(); }
    else if (event.key === "Enter" || event.key === "Tab") take(chosen);
    else if (event.key === "Escape") close();
    else { if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") close(); return; }
    event.preventDefault();
    event.stopPropagation();
  });
  run.addEventListener("click", send);

  return (data) => {
    state = data;
    run.textContent = data.run;
    help.textContent = data.help;
    if (received !== data.text) {
      received = data.text;
      text.value = data.text;
      const lines = data.text.split("\n").length;
      root.querySelector(".pane").style.height = `${Math.min(Math.max(lines + 2, 12), 26) * 1.5}em`;
      text.scrollTop = 0;
    }
    wrong = data.error && text.value === data.text ? data.error : null;
    paint();
  };
}

function element(name, said, kind) {
  const made = document.createElement(name);
  made.textContent = said;
  if (kind) made.className = kind;
  return made;
}

function* textNodes(of) {
  const walker = document.createTreeWalker(of, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) yield walker.currentNode;
}

// An original: pictures of pages with boxes over them, or blocks of text with marked characters.
//
// Text of documents is data: it enters the page by text nodes and attributes only, never as HTML.

const shown = new WeakMap(); // of the root element: what stands in it, as JSON

export default function (component) {
  const root = component.parentElement.querySelector(".original");
  const version = JSON.stringify(component.data);
  if (shown.get(root) === version) return;
  shown.set(root, version);
  const { pages, text, messages } = component.data;
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", messages.region);
  root.replaceChildren(...(pages ? pages.map((page) => makePage(page, messages)) : makeText(text, messages)));
  const first = root.querySelector(".box, mark");
  if (!first) return;
  first.scrollIntoView({ block: "center" });
  for (const image of root.querySelectorAll("img")) {
    image.addEventListener("load", () => first.scrollIntoView({ block: "center" }), { once: true });
  }
}

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function makePage(page, messages) {
  const image = make("img", { src: page.source, alt: page.alt, width: page.width, height: page.height });
  const sheet = make("div", { class: "sheet" }, image);
  for (const [left, top, right, bottom] of page.boxes) {
    const box = make("div", { class: "box", tabindex: "0", role: "img", "aria-label": messages.mark });
    box.style.left = percent(left, page.width);
    box.style.top = percent(top, page.height);
    box.style.width = percent(right - left, page.width);
    box.style.height = percent(bottom - top, page.height);
    sheet.append(box);
  }
  return sheet;
}

function percent(length, whole) {
  return `${(100 * length) / whole}%`;
}

function makeText(text, messages) {
  const blocks = text.blocks.map((block) => makeBlock(block, messages));
  if (text.before) blocks.unshift(make("p", {}, "…"));
  if (text.after) blocks.push(make("p", {}, "…"));
  return [make("div", { class: "blocks" }, ...blocks)];
}

function makeBlock(block, messages) {
  if (block.rows.length) {
    const rows = block.rows.map((row) => make("tr", {}, ...row.map((cell) => makeCell(cell, messages))));
    return make("div", { class: "scroll", tabindex: "0" }, make("table", {}, make("tbody", {}, ...rows)));
  }
  const tag = block.heading ? `h${Math.min(block.heading + 2, 6)}` : "p";
  return make(tag, { class: block.kind }, ...makeRuns(block.runs, messages));
}

function makeCell(cell, messages) {
  const spans = { rowspan: cell.rows, colspan: cell.columns };
  return make("td", spans, ...makeRuns(cell.runs, messages));
}

function makeRuns(runs, messages) {
  return runs.map(({ text, marked }) =>
    marked ? make("mark", { tabindex: "0", "aria-description": messages.mark }, text) : text,
  );
}

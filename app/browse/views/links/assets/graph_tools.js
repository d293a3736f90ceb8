// Tools beside the graph: they work in the page and ask nothing of the server. Names of documents and bodies are
// data: they only ever become text.

const SHAPES = {
  "round-rectangle": ["rect", { x: 1.5, y: 3, width: 13, height: 10, rx: 3 }],
  rectangle: ["rect", { x: 1.5, y: 3, width: 13, height: 10 }],
  ellipse: ["circle", { cx: 8, cy: 8, r: 6 }],
  diamond: ["path", { d: "M8 1 15 8 8 15 1 8Z" }],
  triangle: ["path", { d: "M8 2 15 14 1 14Z" }],
};
const DASHES = { solid: "", dashed: "5 3", dotted: "1.5 3" };
const WAIT = 3000; // milliseconds for nodes to come into the graph
const PADDING = 48;

function findGraph() {
  const canvas = document.querySelector(".st-graph-workbench #cy");
  return canvas?._cyreg?.cy ?? null; // where Cytoscape.js registers itself on its container
}

function makeSvg(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function makePicture(width, ...parts) {
  const made = makeSvg("svg", { width, height: 16, viewBox: `0 0 ${width} 16`, "aria-hidden": "true" });
  made.append(...parts);
  return made;
}

function makeNodeSign(look) {
  const sign = makePicture(16, makeSvg(...(SHAPES[look.shape] ?? SHAPES.ellipse)));
  sign.style.fill = look.colour;
  sign.style.fillOpacity = look.hollow ? 0.12 : 1;
  sign.style.stroke = look.colour;
  if (look.hollow) sign.style.strokeDasharray = "3 2";
  return sign;
}

function makeEdgeSign(look) {
  const line = makeSvg("path", {
    d: "M1 8H20",
    "stroke-width": look.width,
    "stroke-dasharray": DASHES[look.line] ?? "",
  });
  const sign = makePicture(28, line, makeSvg("path", { d: "M20 4 27 8 20 12Z" }));
  sign.classList.add("gongbao-edge");
  return sign;
}

function makeEntry(sign, name) {
  const item = document.createElement("span");
  item.className = "gongbao-entry";
  item.append(sign, document.createTextNode(name));
  return item;
}

function zoomBy(factor) {
  const cy = findGraph();
  if (cy) cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

function savePicture(file) {
  const cy = findGraph();
  if (!cy) return;
  const background = getComputedStyle(cy.container()).getPropertyValue("--st-background-color").trim();
  const blob = cy.png({
    full: true,
    scale: 2,
    maxWidth: 8000,
    maxHeight: 8000,
    bg: background || "#ffffff",
    output: "blob",
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function bringIntoView(ids) {
  const until = performance.now() + WAIT;
  const move = () => {
    const cy = findGraph();
    const nodes = cy?.nodes().filter((node) => ids.includes(node.id()));
    if (!nodes || nodes.length < ids.length) {
      if (performance.now() < until) requestAnimationFrame(move);
      return;
    }
    const box = nodes.boundingBox();
    const view = cy.extent();
    const margin = PADDING / cy.zoom();
    if (box.w + 2 * margin > view.w || box.h + 2 * margin > view.h) {
      cy.animate({ fit: { eles: nodes, padding: PADDING } }, { duration: 250 });
      return;
    }
    // no farther than it takes, so that one does not lose one's way
    const x = Math.max(0, view.x1 + margin - box.x1) - Math.max(0, box.x2 + margin - view.x2);
    const y = Math.max(0, view.y1 + margin - box.y1) - Math.max(0, box.y2 + margin - view.y2);
    if (x || y) cy.animate({ panBy: { x: x * cy.zoom(), y: y * cy.zoom() } }, { duration: 250 });
  };
  move();
}

function makeButton(icon, name, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.title = name;
  made.setAttribute("aria-label", name);
  made.textContent = icon;
  made.onclick = action;
  return made;
}

let turn = null;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".gongbao-graph-tools");
  if (!root) {
    root = document.createElement("div");
    root.className = "gongbao-graph-tools";
    parentElement.appendChild(root);
    // the colour of text changes with the theme, and labels in the drawing get theirs from the server
    root.addEventListener("transitionend", (event) => {
      if (event.target === root) setTriggerValue("theme", getComputedStyle(root).color);
    });
  }
  const bar = document.createElement("span");
  bar.className = "gongbao-bar";
  bar.append(
    makeButton("＋", data.messages.nearer, () => zoomBy(1.3)),
    makeButton("－", data.messages.farther, () => zoomBy(1 / 1.3)),
    makeButton(data.messages.fit, data.messages.fit, () =>
      findGraph()?.animate({ fit: { padding: PADDING } }, { duration: 250 }),
    ),
    makeButton(data.messages.picture, data.messages.picture, () => savePicture(data.file)),
  );
  root.replaceChildren(
    bar,
    ...data.nodes.map((look) => makeEntry(makeNodeSign(look), look.name)),
    ...data.edges.map((look) => makeEntry(makeEdgeSign(look), look.name)),
  );
  if (data.newNodes.length && data.turn !== turn) bringIntoView(data.newNodes);
  turn = data.turn;
}

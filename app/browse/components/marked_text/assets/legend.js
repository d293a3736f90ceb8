// The legend: a button for each kind of fact, which switches its marks on and off.

import { element } from "./dom.js";
import { sendSelection } from "./panel.js";
import { updateButtons } from "./text.js";

export function makeLegend(root, state, data) {
  const group = element("div", "legend", { role: "group", "aria-label": data.messages.legend });
  for (const kind of data.kinds) {
    const button = element("button", `kind k-${kind.name}`, { type: "button", "data-kind": kind.name });
    const showPressed = () => button.setAttribute("aria-pressed", String(!state.off.has(kind.name)));
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
      showPressed();
      updateButtons(state, data);
      sendSelection(state);
    });
    showPressed();
    group.append(button);
  }
  return group;
}

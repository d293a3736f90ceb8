// What the other modules of the component need of the page.

export function element(tag, className, attributes = {}) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Returns the first of so many indexes for which a test holds, if it holds for all after that one too.
export function findFirst(count, test) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function isDark(root) {
  const probe = element("span", "probe");
  root.append(probe);
  const [red, green, blue] = getComputedStyle(probe)
    .backgroundColor.match(/[\d.]+/g)
    ?.map(Number) ?? [255, 255, 255];
  probe.remove();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

const gap = 6;
const edge = 8;

/** Puts a popover under (or, without room, above) what it belongs to, inside the window. */
export function placeBeside(box: HTMLElement, anchor: Element | DOMRect): void {
  const at = anchor instanceof Element ? anchor.getBoundingClientRect() : anchor;
  const below = innerHeight - at.bottom - gap - edge;
  const above = at.top - gap - edge;
  const height = box.offsetHeight;
  const goesDown = below >= height || below >= above;
  box.style.maxHeight = `${Math.max(120, goesDown ? below : above)}px`;
  box.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - box.offsetWidth - edge))}px`;
  box.style.top = goesDown
    ? `${at.bottom + gap}px`
    : `${Math.max(edge, at.top - gap - Math.min(height, Math.max(120, above)))}px`;
}

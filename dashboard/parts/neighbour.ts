const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Moves the focus to the nearest cell in the direction of an arrow key. */
export function focusNeighbour(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const map = event.currentTarget;
  const from = event.target;
  if (step === undefined || !(map instanceof HTMLElement) || !(from instanceof HTMLButtonElement)) return;
  const found = nearest(from, [...map.querySelectorAll<HTMLButtonElement>('button.cell')], step);
  if (found === undefined) return;
  event.preventDefault();
  found.focus();
}

function nearest(
  from: Element,
  cells: readonly HTMLButtonElement[],
  [right, down]: readonly [number, number],
): HTMLButtonElement | undefined {
  const here = from.getBoundingClientRect();
  let best: HTMLButtonElement | undefined;
  let bestCost = Infinity;
  for (const cell of cells) {
    const there = cell.getBoundingClientRect();
    const along = (there.x - here.x) * right + (there.y - here.y) * down;
    const across = Math.abs((there.x - here.x) * down) + Math.abs((there.y - here.y) * right);
    // To the side one stays in the line; up and down the nearest of the next line will do.
    const isAhead = along > 1 && (right === 0 || across < 1);
    const cost = along + across * 0.5;
    if (isAhead && cost < bestCost) [best, bestCost] = [cell, cost];
  }
  return best;
}

export interface ScheduledEvent {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
}

/** A queue of future events, earliest first; events of one instant keep the order in which they were added. */
export interface EventQueue {
  add(time: number, run: () => void): void;
  /** Takes the earliest event out if it is due by `time`. */
  takeDue(time: number): ScheduledEvent | undefined;
}

export function createEventQueue(): EventQueue {
  const heap: ScheduledEvent[] = [];
  let added = 0;

  return {
    add(time, run) {
      added += 1;
      heap.push({ time, order: added, run });
      siftUp(heap, heap.length - 1);
    },
    takeDue(time) {
      const first = heap[0];
      if (first === undefined || first.time > time) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        siftDown(heap);
      }
      return first;
    },
  };
}

function isBefore(a: ScheduledEvent, b: ScheduledEvent): boolean {
  return a.time === b.time ? a.order < b.order : a.time < b.time;
}

function siftUp(heap: ScheduledEvent[], start: number): void {
  let index = start;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    const child = heap[index];
    if (parent === undefined || child === undefined || !isBefore(child, parent)) return;
    heap[parentIndex] = child;
    heap[index] = parent;
    index = parentIndex;
  }
}

function siftDown(heap: ScheduledEvent[]): void {
  let index = 0;
  for (;;) {
    const current = heap[index];
    if (current === undefined) return;
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const rightWins = left !== undefined && right !== undefined && isBefore(right, left);
    const child = rightWins ? right : left;
    if (child === undefined || !isBefore(child, current)) return;
    const childIndex = rightWins ? 2 * index + 2 : 2 * index + 1;
    heap[index] = child;
    heap[childIndex] = current;
    index = childIndex;
  }
}

import { confirm } from './confirm.ts';
import type { Decision, Unnumbered } from './decisions.ts';

type Confirming = Parameters<typeof confirm>[0];

/** Decisions that the history has not confirmed, by ids that count up in the order in which they were asked for. */
export interface OpenDecisions {
  /** Gives a decision its id. */
  take(decision: Unnumbered<Decision>): number;
  /** The id that the next one will take. */
  nextId(): number;
  /** Drops what an event of the history confirms, so that nothing is made of it; throws where it was not asked for. */
  confirm(event: Confirming): void;
  /** Keeps what there is aside while the instance is suspended. */
  holdBack(): void;
  release(): void;
  list(): readonly Decision[];
}

export function createOpenDecisions(): OpenDecisions {
  let counter = 0;
  let open = new Map<number, Unnumbered<Decision>>();
  let heldBack = new Map<number, Unnumbered<Decision>>();
  return {
    take(decision) {
      const id = counter;
      counter += 1;
      open.set(id, decision);
      return id;
    },
    nextId: () => counter,
    confirm(event) {
      confirm(event, open.get(event.EventId));
      open.delete(event.EventId);
    },
    holdBack() {
      if (open.size === 0) return;
      heldBack = open;
      open = new Map();
    },
    release() {
      open = new Map([...open, ...heldBack]);
      heldBack = new Map();
    },
    list: () => [...open].sort(([a], [b]) => a - b).map(([id, decision]) => ({ ...decision, id })),
  };
}

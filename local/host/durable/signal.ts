/** How a task of the interpreter ended. A cancelled timer counts as ended at once (golden 1.1). */
export type Outcome = { readonly ok: true; readonly result: string | null } | { readonly ok: false };

/** A promise without the microtask: listeners run at the moment it settles, in the order they came. */
export interface Signal {
  readonly settled: Outcome | undefined;
  listen(listener: (outcome: Outcome) => void): void;
}

export interface Settler extends Signal {
  /** Answers false when it had settled before. */
  settle(outcome: Outcome): boolean;
}

export const DONE: Outcome = { ok: true, result: null };

export function newSignal(): Settler {
  let settled: Outcome | undefined;
  /** Most signals have one listener or none, and a long history makes many of them. */
  let listeners: ((outcome: Outcome) => void)[] | undefined;
  return {
    get settled() {
      return settled;
    },
    listen(listener) {
      if (settled !== undefined) listener(settled);
      else if (listeners === undefined) listeners = [listener];
      else listeners.push(listener);
    },
    settle(outcome) {
      if (settled !== undefined) return false;
      settled = outcome;
      const waiting = listeners;
      listeners = undefined;
      for (const listener of waiting ?? []) listener(outcome);
      return true;
    },
  };
}

/** Settles when the last child has; failures do not cut it short (durable-host.md 3.4). */
export function whenAll(children: readonly Signal[]): Signal {
  const all = newSignal();
  let open = children.length;
  if (open === 0) all.settle(DONE);
  for (const child of children) {
    child.listen(() => {
      open -= 1;
      if (open === 0) all.settle(DONE);
    });
  }
  return all;
}

export function whenAny(children: readonly Signal[]): Signal {
  const any = newSignal();
  for (const child of children) child.listen((outcome) => any.settle(outcome));
  return any;
}

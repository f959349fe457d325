/** How a task of the interpreter ended. A cancelled timer counts as ended at once (golden 1.1). */
export type Outcome = { readonly ok: true; readonly result: string | null } | { readonly ok: false };

/** A promise without the microtask: listeners run at the moment it settles, in the order they came. */
export interface Signal {
  readonly settled: Outcome | undefined;
  listen(listener: (outcome: Outcome) => void): void;
}

/** A long history makes many of these, and most have one listener or none. */
export class Settler implements Signal {
  #outcome: Outcome | undefined;
  #listeners: ((outcome: Outcome) => void)[] | undefined;

  get settled(): Outcome | undefined {
    return this.#outcome;
  }

  listen(listener: (outcome: Outcome) => void): void {
    if (this.#outcome !== undefined) listener(this.#outcome);
    else if (this.#listeners === undefined) this.#listeners = [listener];
    else this.#listeners.push(listener);
  }

  /** Answers false when it had settled before. */
  settle(outcome: Outcome): boolean {
    if (this.#outcome !== undefined) return false;
    this.#outcome = outcome;
    const waiting = this.#listeners;
    this.#listeners = undefined;
    for (const listener of waiting ?? []) listener(outcome);
    return true;
  }
}

export const DONE: Outcome = { ok: true, result: null };

/** Settles when the last child has; failures do not cut it short (durable-host.md 3.4). */
export function whenAll(children: readonly Signal[]): Signal {
  const all = new Settler();
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
  const any = new Settler();
  for (const child of children) child.listen((outcome) => any.settle(outcome));
  return any;
}

/** What a function returned, told of before it was made into data: only then can it be seen. */
export interface Seen {
  /** What of it JSON does not keep; undefined for nothing. */
  readonly lost: string | undefined;
  /** An orchestrator's state that has a task in it twice, which runs again then (durable-host.md 3.5). */
  readonly reusesTask: boolean;
}

export function look(result: unknown): Seen {
  return { lost: lostInJson(result), reusesTask: hasReusedAction(result) };
}

function lostInJson(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value);
  if (['function', 'symbol', 'bigint'].includes(typeof value)) return `a ${typeof value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return firstLost(value);
  const { constructor } = value;
  if (constructor !== undefined && constructor !== Object) return `a ${constructor.name}`;
  return firstLost(Object.values(value));
}

function firstLost(values: readonly unknown[]): string | undefined {
  return values.map(lostInJson).find((lost) => lost !== undefined);
}

function hasReusedAction(raw: unknown): boolean {
  const seen = new Set<unknown>();
  const isReused = (action: unknown): boolean => {
    if (typeof action !== 'object' || action === null) return false;
    if (seen.has(action)) return true;
    seen.add(action);
    const children = 'compoundActions' in action ? action.compoundActions : undefined;
    return Array.isArray(children) && children.some(isReused);
  };
  const actions = typeof raw === 'object' && raw !== null && 'actions' in raw ? raw.actions : undefined;
  return Array.isArray(actions) && actions.flat().some(isReused);
}

/** What was made last, by name: at most so many, and the one that was asked for last is forgotten last. */
export interface Memo<T> {
  /** What goes by that name; made if it is not remembered, and not remembered if that throws. */
  get(name: string, make: () => T): T;
}

export function createMemo<T>(most: number): Memo<T> {
  const kept = new Map<string, T>();
  return {
    get(name, make) {
      const value = kept.has(name) ? (kept.get(name) as T) : make();
      kept.delete(name);
      kept.set(name, value);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return value;
    },
  };
}

/** The same, and nobody can change any of it. What is frozen already was frozen here, all of it. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

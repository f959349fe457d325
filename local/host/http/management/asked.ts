/** What a call asks for in its query: names in any case, of several values the first. */
export interface Asked {
  text(name: string): string | undefined;
  isTrue(name: string): boolean;
  isFalse(name: string): boolean;
  /** Milliseconds; undefined for what cannot be understood, too. */
  time(name: string): number | undefined;
}

export function askedIn(query: URLSearchParams): Asked {
  const byName = new Map([...query].toReversed().map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string): string | undefined => byName.get(name.toLowerCase());
  const is = (name: string, value: string): boolean => text(name)?.toLowerCase() === value;
  return {
    text,
    isTrue: (name) => is(name, 'true'),
    isFalse: (name) => is(name, 'false'),
    time(name) {
      const ms = Date.parse(text(name) ?? '');
      return Number.isNaN(ms) ? undefined : ms;
    },
  };
}

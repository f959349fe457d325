import { Settler, type Signal } from './signal.ts';

/** Early events queue first-in-first-out; pending waits of one name are served last-in-first-out (golden 1.17). */
export function createMailbox(): {
  deliver(name: string, input: string | null): void;
  waitFor(name: string): Signal;
} {
  const waits = new Map<string, Settler[]>();
  const early = new Map<string, (string | null)[]>();
  return {
    deliver(name: string, input: string | null): void {
      const key = name.toLowerCase();
      const waiting = waits.get(key)?.pop();
      if (waiting === undefined) early.set(key, [...(early.get(key) ?? []), input]);
      else waiting.settle({ ok: true, result: input });
    },
    waitFor(name: string): Signal {
      const key = name.toLowerCase();
      const signal = new Settler();
      const buffered = early.get(key);
      if (buffered !== undefined && buffered.length > 0) {
        const [first = null] = buffered.splice(0, 1);
        signal.settle({ ok: true, result: first });
      } else {
        waits.set(key, [...(waits.get(key) ?? []), signal]);
      }
      return signal;
    },
  };
}

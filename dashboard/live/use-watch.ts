import { signal, useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { read } from '../api/client.ts';
import { watch } from './watch.ts';
import type { Watch } from './watch.ts';

/** Looks at a path of the API for as long as the component is there; at none, where there is none to look at. */
export function useWatch<T>(path: string | undefined, moves: (value: T) => boolean): Watch<T> {
  // The first answer may come before the first paint, so it is asked for while rendering.
  const watched = useMemo(() => (path === undefined ? nothing<T>() : watch<T>(path, moves)), [path]);
  useEffect(() => () => watched.stop(), [watched]);
  return watched;
}

function nothing<T>(): Watch<T> {
  return {
    value: signal<T | undefined>(undefined),
    trouble: signal(undefined),
    lookNow() {},
    stop() {},
  };
}

/** What is at a path, read once; nothing where it cannot be read. */
export function useOnce<T>(path: string): ReadonlySignal<T | undefined> {
  const value = useSignal<T | undefined>(undefined);
  useEffect(() => {
    const ending = new AbortController();
    const load = async (): Promise<void> => {
      const answer = await read<T>(path, { signal: ending.signal }).catch(() => undefined);
      if (answer?.kind === 'new') value.value = answer.value;
    };
    void load();
    return () => ending.abort();
  }, [path]);
  return value;
}

import { signal, useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Answered, Call, OperationName } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { watch } from './watch.ts';
import type { Watch } from './watch.ts';

/** Asks the API for as long as the component is there; nothing, where there is nothing to ask. */
export function useWatch<N extends OperationName>(
  asked: Call<N> | undefined,
  moves: (value: Answered<N>) => boolean = () => false,
): Watch<Answered<N>> {
  // The first answer may come before the first paint, so it is asked for while rendering.
  const watched = useMemo(
    () => (asked === undefined ? nothing<Answered<N>>() : watch(asked, moves)),
    [asked?.path],
  );
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

/** What the API answers once; nothing where it does not. */
export function useOnce<N extends OperationName>(asked: Call<N>): ReadonlySignal<Answered<N> | undefined> {
  const value = useSignal<Answered<N> | undefined>(undefined);
  useEffect(() => {
    const ending = new AbortController();
    const load = async (): Promise<void> => {
      const answer = await read(asked, { signal: ending.signal }).catch(() => undefined);
      if (answer?.kind === 'new') value.value = answer.value;
    };
    void load();
    return () => ending.abort();
  }, [asked.path]);
  return value;
}

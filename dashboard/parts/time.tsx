import { computed } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { now } from '../live/now.ts';
import { exact, relative, spanSince } from '../view/time.ts';

/** Something that the time changes; where it stays as it is nothing is drawn. */
export function useTimely<T>(at: (now: number) => T, about: readonly unknown[]): ReadonlySignal<T> {
  return useMemo(() => computed(() => at(now.value)), about);
}

/** A moment as people say it; on hover and for machines as it is. */
export function Time({ at }: { readonly at: string }): JSX.Element {
  const text = useTimely((instant) => relative(at, instant), [at]);
  return (
    <time dateTime={at} title={exact(at)}>
      {text}
    </time>
  );
}

/** For how long something is so already. */
export function Span({ since }: { readonly since: string }): JSX.Element {
  const text = useTimely((instant) => spanSince(since, instant), [since]);
  return (
    <time dateTime={since} title={`since ${exact(since)}`}>
      {text}
    </time>
  );
}

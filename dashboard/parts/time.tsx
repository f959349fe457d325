import type { JSX } from 'preact';
import { now } from '../live/now.ts';
import { exact, relative, spanSince } from '../view/time.ts';

/** A moment as people say it; on hover and for machines as it is. */
export function Time({ at }: { readonly at: string }): JSX.Element {
  return (
    <time dateTime={at} title={exact(at)}>
      {relative(at, now.value)}
    </time>
  );
}

/** For how long something is so already. */
export function Span({ since }: { readonly since: string }): JSX.Element {
  return (
    <time dateTime={since} title={`since ${exact(since)}`}>
      {spanSince(since, now.value)}
    </time>
  );
}

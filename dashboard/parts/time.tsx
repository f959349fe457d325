import type { JSX } from 'preact';
import { now } from '../live/now.ts';
import { exact, relative } from '../view/time.ts';

/** A moment as people say it; on hover and for machines as it is. */
export function Time({ at }: { readonly at: string }): JSX.Element {
  return (
    <time dateTime={at} title={exact(at)}>
      {relative(at, now.value)}
    </time>
  );
}

import type { JSX } from 'preact';
import { duration, secondsBetween } from '../view/time.ts';
import { useTimely } from './time.tsx';

/** How long something took, or takes already; nothing before it has begun. */
export function Took({
  from,
  to,
}: {
  readonly from: string | null;
  readonly to: string | null;
}): JSX.Element {
  const text = useTimely(
    (instant) => {
      const seconds = secondsBetween(from, to, instant);
      return seconds === undefined ? '–' : duration(seconds);
    },
    [from, to],
  );
  return <>{text}</>;
}

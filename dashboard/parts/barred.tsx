import type { JSX } from 'preact';
import type { Rollout } from '../api/shapes.ts';
import { barredOf } from '../view/meanings.ts';

/** What cannot be asked of a rollout now, or not by this reader, and why. */
export function Barred({ rollout }: { readonly rollout: Rollout }): JSX.Element {
  return (
    <details class="barred">
      <summary>Not now</summary>
      <ul>
        {barredOf(rollout).map(({ label, why }) => (
          <li key={label}>
            <b>{label}</b>: {why}
          </li>
        ))}
      </ul>
    </details>
  );
}

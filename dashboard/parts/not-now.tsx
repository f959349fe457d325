import type { JSX } from 'preact';
import type { Barred } from '../view/meanings.ts';

/** What cannot be asked for now, or not by this reader, and why. */
export function NotNow({ barred }: { readonly barred: readonly Barred[] }): JSX.Element {
  return (
    <details class="barred">
      <summary>Not now</summary>
      <ul>
        {barred.map(({ label, why }) => (
          <li key={label}>
            <b>{label}</b>: {why}
          </li>
        ))}
      </ul>
    </details>
  );
}

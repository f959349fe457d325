import type { JSX } from 'preact';
import { JsonDetails } from './json.tsx';
import { Time } from './time.tsx';

interface Version {
  readonly number: number;
  readonly by: string;
  readonly at: string;
  readonly reason?: string;
  /** `null`: it was deleted. */
  readonly value: object | null;
}

/** Every version that was written, the newest first: who, when, why and what. */
export function Versions({ versions }: { readonly versions: readonly Version[] }): JSX.Element {
  return (
    <section aria-label="Versions">
      <h2>Versions</h2>
      {versions.length === 0 && <p class="soft">None yet.</p>}
      <ul class="lines versions">
        {versions.toReversed().map(({ number, by, at, reason, value }) => (
          <li key={number} class={value === null ? 'off' : 'old'}>
            <span>
              <strong>{number}</strong> by {by}, <Time at={at} />
              {value === null && ', deleted it'}
              {reason !== undefined && `: ${reason}`}
            </span>
            {value !== null && <JsonDetails title={`Version ${number}`} value={value} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

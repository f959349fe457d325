import type { JSX } from 'preact';
import { scaleSetName } from '../api/paths.ts';
import type { Rollout } from '../api/shapes.ts';
import { links } from '../view/place.ts';
import { statusOf } from '../view/status.ts';
import { Time } from './time.tsx';

/** Rollouts, each with the sentence that its own page begins with. */
export function RolloutLines({ rollouts }: { readonly rollouts: readonly Rollout[] }): JSX.Element {
  return (
    <ul class="lines">
      {rollouts.map((rollout) => (
        <RolloutLine key={rollout.id} rollout={rollout} />
      ))}
    </ul>
  );
}

function RolloutLine({ rollout }: { readonly rollout: Rollout }): JSX.Element {
  const { id, scaleSet, instances, reason, requestedBy, createdAt } = rollout;
  const { text, tone, since } = statusOf(rollout);
  const total = instances['total'] ?? 0;
  return (
    <li class={tone}>
      <a href={links.rollout(id)}>
        <span class="set">{scaleSetName(scaleSet)}</span>
        <strong>{text}</strong>
      </a>
      <span class="soft">
        {since === undefined ? (
          <>
            began <Time at={createdAt} />
          </>
        ) : (
          <Time at={since} />
        )}
        {total > 0 && ` · ${instances['upgraded'] ?? 0} of ${total} upgraded`}
        {` · ${reason ?? 'no reason'}, ${requestedBy} · `}
        <span class="id">{id}</span>
      </span>
    </li>
  );
}

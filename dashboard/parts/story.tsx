import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Plan, Rollout, RolloutInstance } from '../api/shapes.ts';
import { choiceIn } from '../live/here.ts';
import { hasEnded } from '../view/status.ts';
import { Aftermath } from './aftermath.tsx';
import { Batches } from './batches.tsx';
import { Delta } from './delta.tsx';
import { Explain } from './explain.tsx';
import { GateLink } from './gate-link.tsx';

/** What stands beside the map of a rollout: what went wrong, batch by batch how far it is, and what it changes. */
export function Story({
  rollout,
  plan: { value: plan },
  inRollout,
}: {
  readonly rollout: Rollout;
  readonly plan: ReadonlySignal<Plan | undefined>;
  readonly inRollout: ReadonlySignal<readonly RolloutInstance[]>;
}): JSX.Element {
  const { id, batches, batch, failure, left } = rollout;
  const token = choiceIn('gate', '');
  return (
    <>
      {token !== '' && <GateLink id={id} token={token} />}
      {(failure ?? left) !== undefined && <Aftermath rollout={rollout} inRollout={inRollout} />}
      <Batches batches={batches} current={hasEnded(rollout) ? undefined : batch} />
      {plan !== undefined && <Delta plan={plan} />}
      <Explain id={id} />
    </>
  );
}

import type { JSX } from 'preact';
import { parseScaleSetId, rolloutPath, scaleSetPath } from '../api/paths.ts';
import type { List, Plan, Rollout, RolloutEvent, RolloutInstance, SetInstance } from '../api/shapes.ts';
import { now } from '../live/now.ts';
import { useWatch } from '../live/use-watch.ts';
import type { Watch } from '../live/watch.ts';
import { Batches } from '../parts/batches.tsx';
import { Delta } from '../parts/delta.tsx';
import { Events } from '../parts/events.tsx';
import { InstanceMap } from '../parts/instance-map.tsx';
import { Status } from '../parts/status.tsx';
import { Shown } from '../parts/trouble.tsx';
import { links } from '../view/place.ts';
import { progressOf } from '../view/progress.ts';
import { hasEnded, moves } from '../view/status.ts';
import { duration } from '../view/time.ts';

/** One rollout: what it waits for and what ends that, how far it is, and what happened. */
export function RolloutPage({ id }: { readonly id: string }): JSX.Element {
  const watched = useWatch<Rollout>(rolloutPath(id), moves);
  return <Shown of={watched}>{(rollout) => <Whole rollout={rollout} watched={watched} />}</Shown>;
}

function Whole({
  rollout,
  watched,
}: {
  readonly rollout: Rollout;
  readonly watched: Watch<Rollout>;
}): JSX.Element {
  const path = rolloutPath(rollout.id);
  const address = parseScaleSetId(rollout.scaleSet);
  const setPath = address === undefined ? undefined : scaleSetPath(address);
  const isMoving = (): boolean => watched.value.value !== undefined && moves(watched.value.value);
  const steps = useWatch<List<RolloutInstance>>(`${path}/instances`, isMoving);
  const inSet = useWatch<List<SetInstance>>(setPath && `${setPath}/instances?view=summary`, isMoving);
  const events = useWatch<List<RolloutEvent>>(`${path}/events`, isMoving);
  const plan = useWatch<Plan>(`${path}/plan`, () => false);
  const lookNow = (): void => {
    for (const one of [watched, steps, events]) one.lookNow();
  };
  return (
    <>
      <div class="crumbs">
        {address === undefined ? rollout.scaleSet : <a href={links.scaleSet(address)}>{address.name}</a>}
        <span class="id">{rollout.id}</span>
      </div>
      <Status rollout={rollout} onChanged={lookNow} />
      <Facts rollout={rollout} plan={plan.value.value} inSet={inSet.value.value?.value ?? []} />
      <div class="columns">
        <div>
          <InstanceMap
            setPath={setPath ?? ''}
            inSet={inSet.value.value?.value ?? []}
            rollout={rollout}
            inRollout={steps.value.value?.value ?? []}
          />
          <Events events={events.value.value?.value ?? []} />
        </div>
        <div>
          <Batches batches={rollout.batches} current={hasEnded(rollout) ? undefined : rollout.batch} />
          {plan.value.value !== undefined && <Delta plan={plan.value.value} />}
        </div>
      </div>
    </>
  );
}

function Facts({
  rollout,
  plan,
  inSet,
}: {
  readonly rollout: Rollout;
  readonly plan: Plan | undefined;
  readonly inSet: readonly SetInstance[];
}): JSX.Element {
  const { done, total, serving, secondsLeft } = progressOf({ rollout, plan, inSet, now: now.value });
  return (
    <dl class="facts">
      <div>
        <dt>Upgraded</dt>
        <dd>
          {done} of {total}
        </dd>
        <dd>
          <progress max={Math.max(total, 1)} value={done} aria-label="Instances upgraded" />
        </dd>
      </div>
      <div>
        <dt>Serving now</dt>
        <dd>{serving ?? '–'}</dd>
        <dd class="soft">{plan === undefined ? '' : `never below ${plan.floor}`}</dd>
      </div>
      <div>
        <dt>{hasEnded(rollout) ? 'Took' : 'Left'}</dt>
        <dd>{secondsLeft === undefined ? '–' : duration(secondsLeft)}</dd>
        <dd class="soft">{hasEnded(rollout) ? '' : 'about, without waits for people'}</dd>
      </div>
      <div>
        <dt>Reason</dt>
        <dd>{rollout.reason ?? 'none given'}</dd>
        <dd class="soft">asked for by {rollout.requestedBy}</dd>
      </div>
    </dl>
  );
}

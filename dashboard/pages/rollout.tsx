import { computed, useComputed, useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { call } from '../../client/call.ts';
import { instancesOf, parseScaleSetId } from '../api/paths.ts';
import type { Plan, Rollout, RolloutEvent, RolloutInstance, SetInstance } from '../api/shapes.ts';
import { useWatch } from '../live/use-watch.ts';
import type { Watch } from '../live/watch.ts';
import { InstanceMap } from '../parts/instance-map.tsx';
import { lazy } from '../parts/lazy.tsx';
import type { Past } from '../parts/look-back.tsx';
import { Status } from '../parts/status.tsx';
import { useTimely } from '../parts/time.tsx';
import { Shown } from '../parts/trouble.tsx';
import { links } from '../view/place.ts';
import { secondsLeft, servingIn } from '../view/progress.ts';
import { hasEnded, moves } from '../view/status.ts';
import { duration } from '../view/time.ts';

// What stands below the map and beside it need not be there for its first paint.
const Events = lazy(async () => (await import('../parts/events.tsx')).Events);
const LookBack = lazy(async () => (await import('../parts/look-back.tsx')).LookBack);
const Story = lazy(async () => (await import('../parts/story.tsx')).Story);

/** One rollout: what it waits for and what ends that, how far it is, and what happened. */
export function RolloutPage({ id }: { readonly id: string }): JSX.Element {
  const watched = useWatch(call('getRollout', { path: { id } }), moves);
  return <Shown of={watched}>{(rollout) => <Whole rollout={rollout} watched={watched} />}</Shown>;
}

function Whole({
  rollout,
  watched,
}: {
  readonly rollout: Rollout;
  readonly watched: Watch<Rollout>;
}): JSX.Element {
  const seen = useSurroundings(rollout, watched);
  return (
    <>
      <Crumbs rollout={rollout} />
      <Status rollout={rollout} onChanged={seen.lookNow} />
      <Facts rollout={rollout} seen={seen} />
      <div class="columns">
        <div>
          <ReplayableMap rollout={rollout} seen={seen} />
          <Events events={seen.events} />
        </div>
        <div>
          <Story rollout={rollout} plan={seen.plan} inRollout={seen.inRollout} />
        </div>
      </div>
    </>
  );
}

/** What else the page shows of a rollout. Whoever shows some of it reads it, so that nothing else is drawn with it. */
interface Surroundings {
  readonly plan: ReadonlySignal<Plan | undefined>;
  readonly inSet: ReadonlySignal<readonly SetInstance[]>;
  readonly inRollout: ReadonlySignal<readonly RolloutInstance[]>;
  readonly events: ReadonlySignal<readonly RolloutEvent[]>;
  readonly lookNow: () => void;
}

function useSurroundings(rollout: Rollout, watched: Watch<Rollout>): Surroundings {
  const address = parseScaleSetId(rollout.scaleSet);
  const path = { id: rollout.id };
  const isMoving = (): boolean => watched.value.value !== undefined && moves(watched.value.value);
  const steps = useWatch(call('getInstances', { path }), isMoving);
  const instances = useWatch(address && instancesOf(address), isMoving);
  const events = useWatch(call('getEvents', { path }), isMoving);
  const plan = useWatch(call('getPlan', { path }));
  return {
    plan: plan.value,
    inSet: useListOf(instances),
    inRollout: useListOf(steps),
    events: useListOf(events),
    lookNow() {
      for (const one of [watched, steps, events]) one.lookNow();
    },
  };
}

function useListOf<T>(watched: Watch<{ readonly value: readonly T[] }>): ReadonlySignal<readonly T[]> {
  return useMemo(() => computed(() => watched.value.value?.value ?? []), [watched]);
}

function Crumbs({ rollout }: { readonly rollout: Rollout }): JSX.Element {
  const address = parseScaleSetId(rollout.scaleSet);
  return (
    <div class="crumbs">
      {address === undefined ? rollout.scaleSet : <a href={links.scaleSet(address)}>{address.name}</a>}
      <span class="id">{rollout.id}</span>
      {rollout.left !== undefined && (
        <a class="end" href={links.undo(rollout.scaleSet, rollout.id)}>
          Undo with a new rollout…
        </a>
      )}
    </div>
  );
}

/** The heat map as it is, or as it stood when an event happened. */
function ReplayableMap({
  rollout,
  seen,
}: {
  readonly rollout: Rollout;
  readonly seen: Surroundings;
}): JSX.Element {
  const past = useSignal<Past | undefined>(undefined);
  return (
    <InstanceMap
      address={parseScaleSetId(rollout.scaleSet)}
      inSet={seen.inSet.value}
      rollout={rollout}
      inRollout={seen.inRollout.value}
      replayed={past.value?.instances}
    >
      <LookBack events={seen.events} inRollout={seen.inRollout} past={past} />
    </InstanceMap>
  );
}

function Facts({ rollout, seen }: { readonly rollout: Rollout; readonly seen: Surroundings }): JSX.Element {
  const plan = seen.plan.value;
  const serving = useComputed(() => servingIn(seen.inSet.value)).value;
  const { upgraded, total } = rollout.instances;
  const left = useTimely((now) => timeText(secondsLeft({ rollout, plan, now })), [rollout, plan]);
  return (
    <dl class="facts">
      <div>
        <dt>Upgraded</dt>
        <dd>
          {upgraded} of {total}
        </dd>
        <dd>
          <progress max={Math.max(total, 1)} value={upgraded} aria-label="Instances upgraded" />
        </dd>
      </div>
      <div>
        <dt>Serving now</dt>
        <dd>{serving ?? '–'}</dd>
        <dd class="soft">{plan === undefined ? '' : `never below ${plan.floor}`}</dd>
      </div>
      <div>
        <dt>{hasEnded(rollout) ? 'Took' : 'Left'}</dt>
        <dd>{left}</dd>
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

function timeText(seconds: number | undefined): string {
  return seconds === undefined ? '–' : duration(seconds);
}

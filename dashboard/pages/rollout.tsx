import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { instancesOf, parseScaleSetId } from '../api/paths.ts';
import type { Plan, Rollout, RolloutEvent, RolloutInstance, SetInstance } from '../api/shapes.ts';
import { now } from '../live/now.ts';
import { useWatch } from '../live/use-watch.ts';
import type { Watch } from '../live/watch.ts';
import { Explain } from '../parts/explain.tsx';
import { InstanceMap } from '../parts/instance-map.tsx';
import { lazy } from '../parts/lazy.tsx';
import { Scrubber } from '../parts/scrubber.tsx';
import { Status } from '../parts/status.tsx';
import { Shown } from '../parts/trouble.tsx';
import { links } from '../view/place.ts';
import { progressOf } from '../view/progress.ts';
import { instancesAt } from '../view/replay.ts';
import { hasEnded, moves } from '../view/status.ts';
import { duration } from '../view/time.ts';

// What stands below the map and beside it need not be there for its first paint.
const Batches = lazy(async () => (await import('../parts/batches.tsx')).Batches);
const Delta = lazy(async () => (await import('../parts/delta.tsx')).Delta);
const Events = lazy(async () => (await import('../parts/events.tsx')).Events);
const Aftermath = lazy(async () => (await import('../parts/aftermath.tsx')).Aftermath);

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
  const { plan, inSet, inRollout, events, lookNow } = useSurroundings(rollout, watched);
  return (
    <>
      <Crumbs rollout={rollout} />
      <Status rollout={rollout} onChanged={lookNow} />
      <Facts rollout={rollout} plan={plan} inSet={inSet} />
      <div class="columns">
        <div>
          <ReplayableMap rollout={rollout} inSet={inSet} inRollout={inRollout} events={events} />
          <Events events={events} />
        </div>
        <div>
          {(rollout.failure ?? rollout.left) !== undefined && <Aftermath rollout={rollout} />}
          <Batches batches={rollout.batches} current={hasEnded(rollout) ? undefined : rollout.batch} />
          {plan !== undefined && <Delta plan={plan} />}
          <Explain id={rollout.id} />
        </div>
      </div>
    </>
  );
}

interface Surroundings {
  readonly plan: Plan | undefined;
  readonly inSet: readonly SetInstance[];
  readonly inRollout: readonly RolloutInstance[];
  readonly events: readonly RolloutEvent[];
  readonly lookNow: () => void;
}

/** What else the page shows of a rollout, each from its own path. */
function useSurroundings(rollout: Rollout, watched: Watch<Rollout>): Surroundings {
  const address = parseScaleSetId(rollout.scaleSet);
  const path = { id: rollout.id };
  const isMoving = (): boolean => watched.value.value !== undefined && moves(watched.value.value);
  const steps = useWatch(call('getInstances', { path }), isMoving);
  const instances = useWatch(address && instancesOf(address), isMoving);
  const events = useWatch(call('getEvents', { path }), isMoving);
  const plan = useWatch(call('getPlan', { path }));
  return {
    plan: plan.value.value,
    inSet: instances.value.value?.value ?? [],
    inRollout: steps.value.value?.value ?? [],
    events: events.value.value?.value ?? [],
    lookNow() {
      for (const one of [watched, steps, events]) one.lookNow();
    },
  };
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
  inSet,
  inRollout,
  events,
}: {
  readonly rollout: Rollout;
  readonly inSet: readonly SetInstance[];
  readonly inRollout: readonly RolloutInstance[];
  readonly events: readonly RolloutEvent[];
}): JSX.Element {
  const at = useSignal<number | undefined>(undefined);
  const event = events.find(({ sequence }) => sequence === at.value);
  return (
    <InstanceMap
      address={parseScaleSetId(rollout.scaleSet)}
      inSet={inSet}
      rollout={rollout}
      inRollout={inRollout}
      replayed={event && instancesAt(inRollout, events, event.sequence)}
    >
      <Scrubber
        events={events}
        at={event}
        onAt={(chosen) => {
          at.value = chosen?.sequence;
        }}
      />
    </InstanceMap>
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

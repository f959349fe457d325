import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { instancesOf } from '../api/paths.ts';
import type { ScaleSetAddress } from '../api/paths.ts';
import type { Rollout, RolloutInstance, ScaleSet, SetInstance } from '../api/shapes.ts';
import { choiceIn } from '../live/here.ts';
import { usePicking } from '../live/picking.ts';
import { useWatch } from '../live/use-watch.ts';
import { InstanceMap } from '../parts/instance-map.tsx';
import { lazy } from '../parts/lazy.tsx';
import { Offered } from '../parts/offered.tsx';
import { Span } from '../parts/time.tsx';
import { Shown } from '../parts/trouble.tsx';
import { scopeOf } from '../view/scope.ts';
import type { Scope } from '../view/scope.ts';
import { denialIn } from '../view/denial.ts';
import { links } from '../view/place.ts';
import { moves, statusOf } from '../view/status.ts';
import { imageText } from '../view/text.ts';

const Queue = lazy(async () => (await import('../parts/queue.tsx')).Queue, null);
// What stands below the map need not be there for its first paint.
const View = lazy(async () => (await import('../parts/view.tsx')).View);
const ActBar = lazy(async () => (await import('../parts/act-bar.tsx')).ActBar);

const isBusy = ({ heldBy, provisioningState }: ScaleSet): boolean =>
  heldBy !== null || provisioningState === 'Updating';

/** One scale set: what it is, who works on it, and a cell for each of its instances. */
export function ScaleSetPage({ address }: { readonly address: ScaleSetAddress }): JSX.Element {
  const { subscriptionId, resourceGroup, name } = address;
  const watched = useWatch(call('getScaleSet', { path: { subscriptionId, resourceGroup, name } }), isBusy);
  return (
    <Shown of={watched}>
      {(set) => (
        <>
          <div class="head">
            <h1 tabIndex={-1}>{set.name}</h1>
            <span class="soft">{set.resourceGroup}</span>
            {set.orchestrationMode === 'Uniform' && <NewRollout set={set} />}
          </div>
          {set.orchestrationMode !== 'Uniform' && (
            <p class="stale">A Flexible scale set: it is shown, and cannot be rolled out yet.</p>
          )}
          <Facts set={set} />
          <Instances address={address} set={set} />
          <View title="Model view" value={set.model} />
          <View title="Instance view" value={set.instanceView} />
        </>
      )}
    </Shown>
  );
}

function NewRollout({ set }: { readonly set: ScaleSet }): JSX.Element {
  const denial = denialIn(set, 'plan');
  const isHeld = set.heldBy !== null;
  const [label, looks] = isHeld ? ['Queue a rollout', ''] : ['New rollout', 'main'];
  if (denial === undefined) {
    const address = isHeld ? links.newRollout(set.id, { onBusy: 'queue' }) : links.newRollout(set.id);
    return (
      <a class={`button ${looks}`} href={address}>
        {label}
      </a>
    );
  }
  return <Offered label={label} class={looks} denial={denial} onAsk={() => {}} />;
}

function Facts({ set }: { readonly set: ScaleSet }): JSX.Element {
  const image = imageText(set.image);
  return (
    <dl class="facts">
      <div>
        <dt>Image</dt>
        <dd class="id">{image.version}</dd>
        <dd class="soft">{image.of}</dd>
      </div>
      <div>
        <dt>Instances</dt>
        <dd>{set.capacity}</dd>
        <dd class="soft">{set.vmSize}</dd>
      </div>
      <div>
        <dt>Upgrade policy</dt>
        <dd>{set.upgradePolicy}</dd>
        <dd class="soft">{set.orchestrationMode}</dd>
      </div>
      <div>
        <dt>State</dt>
        <dd>{set.provisioningState}</dd>
        <dd class="soft">{[set.location, ...set.zones.map((zone) => `zone ${zone}`)].join(', ')}</dd>
      </div>
    </dl>
  );
}

function Instances({
  address,
  set,
}: {
  readonly address: ScaleSetAddress;
  readonly set: ScaleSet;
}): JSX.Element {
  const held = set.heldBy === null ? undefined : { path: { id: set.heldBy } };
  const instances = useWatch(instancesOf(address), () => held !== undefined);
  const rollout = useWatch(held && call('getRollout', held), moves);
  const steps = useWatch(held && call('getInstances', held), () => true);
  const acting = { scope: useSignal<Scope>(scopeOf(choiceIn('instance', ''))), isSeveral: useSignal(false) };
  const picking = usePicking(acting, instances.value.value?.value ?? NOBODY);
  const canAct = set.orchestrationMode === 'Uniform';
  return (
    <>
      {rollout.value.value !== undefined && <Running rollout={rollout.value.value} />}
      {held !== undefined && <Queue scaleSet={set.id} />}
      {canAct && <ActBar set={set} acting={acting} />}
      <Shown of={instances}>
        {({ value }) => (
          <InstanceMap
            address={address}
            inSet={value}
            rollout={rollout.value.value}
            inRollout={steps.value.value?.value ?? NONE}
            {...(canAct && held === undefined && { picking })}
          />
        )}
      </Shown>
    </>
  );
}

const NONE: readonly RolloutInstance[] = [];
const NOBODY: readonly SetInstance[] = [];

/** What the rollout that holds the set does, and the way to its page. */
function Running({ rollout }: { readonly rollout: Rollout }): JSX.Element {
  const { text, tone, since } = statusOf(rollout);
  return (
    <a class={`status slim ${tone}`} href={links.rollout(rollout.id)}>
      <strong>{text}</strong>
      {since !== undefined && (
        <span>
          for <Span since={since} />
        </span>
      )}
      <span class="id">{rollout.id}</span>
    </a>
  );
}

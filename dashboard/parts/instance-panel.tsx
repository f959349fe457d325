import type { ComponentChildren, JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { ScaleSetAddress } from '../api/paths.ts';
import type { RolloutInstance, SetInstance } from '../api/shapes.ts';
import { useWatch } from '../live/use-watch.ts';
import { healthLook, modelLook, powerLook, stepLook } from '../view/states.ts';
import { capital } from '../view/text.ts';
import { JsonDetails } from './json.tsx';
import { Shown } from './trouble.tsx';
import { View } from './view.tsx';

/** All that is known of one instance: in words, and as Azure sends it. */
export function InstancePanel({
  address,
  id,
  inRollout,
  onClose,
}: {
  readonly address: ScaleSetAddress | undefined;
  readonly id: string;
  readonly inRollout: RolloutInstance | undefined;
  readonly onClose: () => void;
}): JSX.Element {
  const watched = useWatch(address && call('getScaleSetInstance', { path: { ...address, instanceId: id } }));
  return (
    <aside
      class="panel"
      aria-label={`Instance ${id}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div class="head">
        <h2>Instance {id}</h2>
        <button type="button" class="small" onClick={onClose}>
          Close
        </button>
      </div>
      <Shown of={watched}>{(instance) => <Details instance={instance} inRollout={inRollout} />}</Shown>
    </aside>
  );
}

function Details({
  instance,
  inRollout,
}: {
  readonly instance: SetInstance;
  readonly inRollout: RolloutInstance | undefined;
}): JSX.Element {
  const { name, updateDomain, faultDomain, zone, image, vmSize, provisioningState, agent, protection } =
    instance;
  const kept = [
    ...(protection.fromScaleIn ? ['scale-in'] : []),
    ...(protection.fromScaleSetActions ? ['scale set actions'] : []),
  ];
  return (
    <>
      <dl>
        <Fact name="Name">
          <code>{name}</code>
        </Fact>
        {updateDomain !== null && <Fact name="Update domain">{updateDomain}</Fact>}
        {faultDomain !== null && <Fact name="Fault domain">{faultDomain}</Fact>}
        {zone !== null && <Fact name="Zone">{zone}</Fact>}
        <Fact name="Power">{capital(powerLook(instance).label)}</Fact>
        <Fact name="Health">{capital(healthLook(instance).label)}</Fact>
        <Fact name="Provisioning">{provisioningState}</Fact>
        <Fact name="Agent">{agent ?? 'none'}</Fact>
        <Fact name="Model">{capital(modelLook(instance).label)}</Fact>
        <Fact name="Image">
          <code>{image}</code>
        </Fact>
        <Fact name="Size">{vmSize}</Fact>
        {kept.length > 0 && <Fact name="Protected from">{kept.join(' and ')}</Fact>}
        {inRollout !== undefined && <InRollout instance={inRollout} />}
      </dl>
      <View title="Model view" value={instance.model} />
      <View title="Instance view" value={instance.instanceView} />
    </>
  );
}

function InRollout({ instance }: { readonly instance: RolloutInstance }): JSX.Element {
  const { batch, attempts, image, failure } = instance;
  return (
    <>
      <Fact name="In the rollout">
        {capital(stepLook(instance, undefined).label)}, batch {batch}
        {attempts > 1 && `, ${attempts} tries`}
      </Fact>
      <Fact name="Image before">
        <code>{image.before}</code>
      </Fact>
      {failure !== undefined && (
        <Fact name="Failed">
          {failure.message} <code>{failure.code}</code>
          {failure.evidence !== undefined && <JsonDetails title="Evidence" value={failure.evidence} />}
        </Fact>
      )}
    </>
  );
}

export function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

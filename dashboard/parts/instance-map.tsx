import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import type { Rollout, RolloutInstance, SetInstance } from '../api/shapes.ts';
import { choiceIn, choose } from '../live/here.ts';
import { hasEnded } from '../view/status.ts';
import { mapBy, modeNamed, MODES } from '../view/modes.ts';
import { Choice } from './choice.tsx';
import { HeatMapTable, Legend } from './heat-map.tsx';
import { lazy } from './lazy.tsx';

const InstancePanel = lazy(async () => (await import('./instance-panel.tsx')).InstancePanel);

/** The heat map with what colours it, its legend, and a panel for the instance that somebody chose. */
export function InstanceMap({
  setPath,
  inSet,
  rollout,
  inRollout,
  replayed,
  children,
}: {
  readonly setPath: string;
  readonly inSet: readonly SetInstance[];
  readonly rollout: Rollout | undefined;
  readonly inRollout: readonly RolloutInstance[];
  /** The same as they once stood, which is shown instead. */
  readonly replayed?: readonly RolloutInstance[] | undefined;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const asked = useSignal(modeNamed(choiceIn('by', '')));
  const selected = useSignal<string | undefined>(choiceIn('instance', '') || undefined);
  const mode = replayed === undefined ? (asked.value ?? (rollout === undefined ? 'power' : 'step')) : 'step';
  const waitingBatch = replayed === undefined ? batchThatWaits(rollout) : undefined;
  const isOver = replayed === undefined && rollout !== undefined && hasEnded(rollout);
  const map = mapBy(mode, { inSet, inRollout: replayed ?? inRollout, waitingBatch, hasEnded: isOver });
  const select = (id: string | undefined): void => {
    selected.value = id;
    choose('instance', id);
  };
  return (
    <section class="instances" aria-label="Instances">
      <div class="with-panel">
        <div class="map-side">
          <Choice
            label="Coloured by"
            options={MODES.filter(([name]) => name !== 'step' || rollout !== undefined)}
            value={mode}
            onChange={(value) => {
              asked.value = modeNamed(value);
              choose('by', value);
            }}
          />
          <HeatMapTable
            map={map}
            label="Instances by update domain and fault domain"
            selected={selected.value}
            onSelect={(id) => select(id === selected.value ? undefined : id)}
          />
          <Legend map={map} />
          {children}
        </div>
        {selected.value !== undefined && (
          <InstancePanel
            key={selected.value}
            setPath={setPath}
            id={selected.value}
            inRollout={inRollout.find(({ instanceId }) => instanceId === selected.value)}
            onClose={() => select(undefined)}
          />
        )}
      </div>
    </section>
  );
}

function batchThatWaits(rollout: Rollout | undefined): number | undefined {
  return rollout?.waitingFor?.batch ?? (rollout?.phase === 'waiting' ? rollout.batch : undefined);
}

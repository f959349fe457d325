import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ScaleSetAddress } from '../api/paths.ts';
import type { Rollout, RolloutInstance, SetInstance } from '../api/shapes.ts';
import { choiceIn, choose } from '../live/here.ts';
import type { Picking } from '../live/picking.ts';
import { hasEnded } from '../view/status.ts';
import type { HeatMap } from '../view/heat-map.ts';
import { mapBy, modeNamed, MODES } from '../view/modes.ts';
import type { Mode } from '../view/modes.ts';
import type { PastInstance } from '../view/replay.ts';
import { Choice } from './choice.tsx';
import { HeatMapTable, Legend } from './heat-map.tsx';
import { lazy } from './lazy.tsx';

const InstancePanel = lazy(async () => (await import('./instance-panel.tsx')).InstancePanel);

interface Props {
  readonly address: ScaleSetAddress | undefined;
  readonly inSet: readonly SetInstance[];
  readonly rollout: Rollout | undefined;
  readonly inRollout: readonly RolloutInstance[];
  /** The same as they once stood, which is shown instead. */
  readonly replayed?: readonly PastInstance[] | undefined;
  /** Where actions are offered: whom they are done to. */
  readonly picking?: Picking;
  readonly children?: ComponentChildren;
}

/** The heat map with what colours it, its legend, and a panel for the instance that somebody chose. */
export function InstanceMap(props: Props): JSX.Element {
  const { address, rollout, inRollout, replayed, picking, children } = props;
  const asked = useSignal(modeNamed(choiceIn('by', '')));
  const chosen = useSignal<string | undefined>(choiceIn('instance', '') || undefined);
  const mode = replayed === undefined ? (asked.value ?? (rollout === undefined ? 'power' : 'step')) : 'step';
  const map = useMap(props, mode);
  const select = (id: string | undefined): void => {
    chosen.value = id;
    choose('instance', id);
    picking?.show(id);
  };
  const table = useTable({ map, chosen: chosen.value, select, picking });
  return (
    <section class="instances" aria-label="Instances">
      <div class="with-panel">
        <div class="map-side">
          <Colours
            mode={mode}
            hasSteps={rollout !== undefined}
            onMode={(value) => (asked.value = chosenMode(value))}
          />
          {table}
          <Legend map={map} />
          {children}
        </div>
        {chosen.value !== undefined && (
          <InstancePanel
            key={chosen.value}
            address={address}
            id={chosen.value}
            inRollout={inRollout.find(({ instanceId }) => instanceId === chosen.value)}
            onClose={() => select(undefined)}
          />
        )}
      </div>
    </section>
  );
}

function chosenMode(value: string): Mode | undefined {
  choose('by', value);
  return modeNamed(value);
}

function Colours({
  mode,
  hasSteps,
  onMode,
}: {
  readonly mode: Mode;
  readonly hasSteps: boolean;
  readonly onMode: (mode: string) => void;
}): JSX.Element {
  const options = MODES.filter(([name]) => name !== 'step' || hasSteps);
  return <Choice label="Coloured by" options={options} value={mode} onChange={onMode} />;
}

/** Most of what comes anew leaves the map as it is, and a thousand cells need not be compared to see that. */
function useMap({ inSet, rollout, inRollout, replayed }: Props, mode: Mode): HeatMap {
  const waitingBatch = replayed === undefined ? batchThatWaits(rollout) : undefined;
  const isOver = replayed === undefined && rollout !== undefined && hasEnded(rollout);
  const goesBack = replayed === undefined && rollout?.phase === 'rollingBack';
  const shown = replayed ?? inRollout;
  return useMemo(
    () => mapBy(mode, { inSet, inRollout: shown, waitingBatch, hasEnded: isOver, goesBack }),
    [mode, inSet, shown, waitingBatch, isOver, goesBack],
  );
}

interface Table {
  readonly map: HeatMap;
  readonly chosen: string | undefined;
  readonly select: (id: string | undefined) => void;
  readonly picking: Picking | undefined;
}

function useTable({ map, chosen, select, picking }: Table): JSX.Element {
  const selected = useMemo(
    () => new Set(picking?.ids ?? (chosen === undefined ? [] : [chosen])),
    [chosen, picking],
  );
  return useMemo(
    () => (
      <HeatMapTable
        map={map}
        label="Instances by update domain and fault domain"
        selected={selected}
        onSelect={(id) => {
          if (picking?.take(id) !== true) select(id === chosen ? undefined : id);
        }}
        onDomain={picking?.takeDomain}
      />
    ),
    [map, chosen, picking],
  );
}

function batchThatWaits(rollout: Rollout | undefined): number | undefined {
  return rollout?.waitingFor?.batch ?? (rollout?.phase === 'waiting' ? rollout.batch : undefined);
}

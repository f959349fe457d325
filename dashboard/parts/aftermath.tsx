import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Cause, Left, Rollout, RolloutInstance } from '../api/shapes.ts';
import { capital, shortRanges } from '../view/text.ts';
import { Copy } from './json.tsx';
import { View } from './view.tsx';

/** What went wrong, grouped by cause, with what Azure showed then, and what the scale set is left with. */
export function Aftermath({
  rollout,
  inRollout: { value: inRollout },
}: {
  readonly rollout: Rollout;
  readonly inRollout: ReadonlySignal<readonly RolloutInstance[]>;
}): JSX.Element | null {
  const { failure, left } = rollout;
  if (failure === undefined && left === undefined) return null;
  const { code, message, instances = [], causes = [] } = failure ?? { code: '', message: '' };
  const shown = causes.length > 0 ? causes : failure === undefined ? [] : [{ code, message, instances }];
  return (
    <section aria-label="What went wrong, and what is left">
      {shown.length > 0 && <h2>What went wrong</h2>}
      <ul class="lines">
        {shown.map((cause) => (
          <CauseLine key={`${cause.code} ${cause.message}`} cause={cause} inRollout={inRollout} />
        ))}
      </ul>
      {failure?.remedy !== undefined && <p class="apart">{capital(failure.remedy)}</p>}
      {left !== undefined && <LeftView left={left} />}
    </section>
  );
}

function CauseLine({
  cause: { code, message, instances },
  inRollout,
}: {
  readonly cause: Cause;
  readonly inRollout: readonly RolloutInstance[];
}): JSX.Element {
  // One stands for all: the others are a click away in the map.
  const shown = inRollout.find(
    ({ instanceId, failure }) => instances.includes(instanceId) && failure?.evidence !== undefined,
  );
  return (
    <li class="bad">
      <strong>{capital(message)}</strong>
      <span class="soft">
        <code>{code}</code>
        {instances.length > 0 &&
          ` on ${instances.length === 1 ? 'instance' : 'instances'} ${shortRanges(instances)}`}
      </span>
      {shown !== undefined && (
        <View title={`What Azure showed of instance ${shown.instanceId}`} value={shown.failure?.evidence} />
      )}
    </li>
  );
}

const MODELS: Readonly<Record<string, string>> = {
  before: 'as before',
  after: 'the new one',
  foreign: 'changed by somebody else',
};

const GROUPS: Readonly<Record<string, string>> = {
  before: 'Instances as before',
  after: 'Instances upgraded',
  unknown: 'Instances not known',
};

function LeftView({ left }: { readonly left: Left }): JSX.Element {
  const { model, instances, heldGuards, quarantined = [] } = left;
  const groups = Object.entries<readonly string[]>({ ...instances }).filter(([, ids]) => ids.length > 0);
  return (
    <>
      <h2 class="apart">What is left</h2>
      <dl class="pairs">
        {model !== undefined && (
          <div>
            <dt>Model</dt>
            <dd>{MODELS[model] ?? model}</dd>
          </div>
        )}
        {groups.map(([state, ids]) => (
          <div key={state}>
            <dt>{GROUPS[state] ?? state}</dt>
            <dd class="id">{shortRanges(ids)}</dd>
          </div>
        ))}
      </dl>
      {heldGuards.map(({ guard, was, remedy }) => (
        <Remedy key={guard} text={`${guard}${was === undefined ? '' : ` was ${was}`}`} remedy={remedy} />
      ))}
      {quarantined.map(({ instance, remedy }) => (
        <Remedy key={instance} text={`Instance ${instance} is quarantined`} remedy={remedy} />
      ))}
    </>
  );
}

function Remedy({
  text,
  remedy,
}: {
  readonly text: string;
  readonly remedy: string | undefined;
}): JSX.Element {
  return (
    <p class="apart">
      {text}
      {remedy !== undefined && (
        <>
          : <code>{remedy}</code> <Copy text={remedy} what="command" />
        </>
      )}
    </p>
  );
}

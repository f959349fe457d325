import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { choiceIn, choose } from '../live/here.ts';
import { useWatch } from '../live/use-watch.ts';
import { Choice } from '../parts/choice.tsx';
import { RolloutLines } from '../parts/rollout-lines.tsx';
import { Shown } from '../parts/trouble.tsx';
import { links } from '../view/place.ts';
import { moves } from '../view/status.ts';

const PHASES = [
  ['', 'All'],
  ['waiting', 'Waiting'],
  ['paused', 'Paused'],
  ['succeeded', 'Done'],
  ['rolledBack', 'Rolled back'],
  ['halted', 'Halted'],
  ['failed', 'Failed'],
] as const;

type Phase = (typeof PHASES)[number][0];

/** The address may name one that there is no button for. */
function phaseNamed(name: string): Phase {
  return PHASES.find(([phase]) => phase === name)?.[0] ?? '';
}

/** Rollouts, newest first. */
export function RolloutsPage(): JSX.Element {
  const phase = useSignal(phaseNamed(choiceIn('phase', '')));
  const top = useSignal(20);
  const query = { top: top.value, ...(phase.value !== '' && { phase: phase.value }) };
  const watched = useWatch(call('getRollouts', { query }), ({ value }) => value.some(moves));
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>Rollouts</h1>
        <a class="end" href={links.more('waits')}>
          What they wait for
        </a>
      </div>
      <Choice
        label="Phase"
        options={PHASES}
        value={phase.value}
        onChange={(value) => {
          phase.value = phaseNamed(value);
          choose('phase', value === '' ? undefined : value);
        }}
      />
      <Shown of={watched}>
        {({ value, nextLink }) => (
          <>
            {value.length === 0 && <p class="blank soft">There is no such rollout.</p>}
            <RolloutLines rollouts={value} />
            {nextLink !== undefined && top.value < 100 && (
              <button type="button" onClick={() => (top.value = 100)}>
                Show older ones
              </button>
            )}
          </>
        )}
      </Shown>
    </>
  );
}

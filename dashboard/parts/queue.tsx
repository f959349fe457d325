import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { useWatch } from '../live/use-watch.ts';
import { inQueue } from '../view/queue.ts';
import { RolloutLines } from './rollout-lines.tsx';

/** Who waits for a scale set, the next one first; nothing where nobody does. */
export function Queue({ scaleSet }: { readonly scaleSet: string }): JSX.Element | null {
  const query = { scaleSet, phase: 'accepted' as const, top: 50 };
  const waiting = inQueue(useWatch(call('getRollouts', { query }), () => true).value.value?.value ?? []);
  if (waiting.length === 0) return null;
  return (
    <section aria-label="Queue">
      <h2>
        Waiting for their turn <span class="pill old">{waiting.length}</span>
      </h2>
      <RolloutLines rollouts={waiting} />
    </section>
  );
}

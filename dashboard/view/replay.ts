import type { RolloutEvent, RolloutInstance } from '../api/shapes.ts';

/** The instances of a rollout as they stood after an event, by the events alone. */
export function instancesAt(
  instances: readonly RolloutInstance[],
  events: readonly RolloutEvent[],
  sequence: number,
): readonly PastInstance[] {
  const phases = new Map<string, Replayed>(instances.map(({ instanceId }) => [instanceId, 'pending']));
  const batches = Map.groupBy(instances, ({ batch }) => batch);
  let isGoingBack = false;
  for (const event of events) {
    if (event.sequence > sequence) break;
    if (event.kind === 'redirected') {
      isGoingBack = true;
      // Nobody is next any more.
      for (const [id, phase] of phases) if (phase === 'next') phases.set(id, 'pending');
    }
    const step = STEPS[event.kind];
    if (step === undefined) continue;
    const { from, to } = isGoingBack && step.back !== undefined ? step.back : step;
    for (const id of meant(event, batches)) {
      const phase = phases.get(id);
      if (phase !== undefined && (from === undefined || from.includes(phase))) phases.set(id, to);
    }
  }
  return instances.map((instance) => ({ ...instance, phase: phases.get(instance.instanceId) ?? 'pending' }));
}

/** Its phase, or that its batch waits for an approval. */
type Replayed = RolloutInstance['phase'] | 'next';

/** An instance as it once stood. */
export type PastInstance = Omit<RolloutInstance, 'phase'> & { readonly phase: Replayed };

/** To which phase an event takes an instance, and from which ones only. */
interface Step {
  readonly from?: readonly Replayed[];
  readonly to: Replayed;
  /** While a rollout goes back. */
  readonly back?: Step;
}

const UNDER_WAY: readonly Replayed[] = ['upgrading', 'settling'];

const STEPS: Readonly<Record<string, Step>> = {
  approvalRequested: { from: ['pending'], to: 'next' },
  upgradeIntended: { to: 'upgrading' },
  upgradeAccepted: { to: 'upgrading' },
  notAccepted: { from: UNDER_WAY, to: 'pending' },
  settled: { from: UNDER_WAY, to: 'settling', back: { from: UNDER_WAY, to: 'rolledBack' } },
  succeeded: { from: UNDER_WAY, to: 'succeeded' },
  failed: { to: 'failed' },
  skipped: { from: ['pending', 'next', 'failed'], to: 'skipped' },
  quarantined: { to: 'quarantined' },
  gone: { to: 'gone' },
};

/** Whom an event names, else all of its batch. */
function meant(
  { instances, batch }: RolloutEvent,
  batches: ReadonlyMap<number, readonly RolloutInstance[]>,
): readonly string[] {
  if (instances !== undefined) return instances;
  return batch === undefined ? [] : (batches.get(batch) ?? []).map(({ instanceId }) => instanceId);
}

import type { Answer } from '../core/answer.ts';
import { IMAGE_VERSION, inverse } from '../core/delta.ts';
import type { PropertyChange } from '../core/delta.ts';
import { countRows, turnBack } from '../core/ledger.ts';
import type { LedgerRow } from '../core/ledger.ts';
import { readLedger, writeLedger } from '../store/ledger.ts';
import { readPlan } from '../store/plans.ts';
import { begin } from './begin.ts';
import { finish } from './brief.ts';
import type { Brief } from './brief.ts';
import { defineStep } from './define.ts';
import { followModel } from './follow-model.ts';
import { sendModel } from './model-write.ts';
import { waitWhilePaused } from './paused.ts';
import type { Ports } from './ports.ts';
import { waitOutHold } from './reads.ts';

/** Puts back exactly the fields that the rollout changed, and turns every touched instance round. */
export const restoreModel = defineStep({
  name: 'restoreModel',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record } = brief;
    if (record.modelState === 'restored') return { kind: 'done' };
    const rows = await readLedger(ports.store, record.id);
    // Perhaps there is no plan yet, either.
    if (record.modelState === 'before') return turnRows(brief, ports, rows, {});
    const kept = await readPlan(ports.store, record.id);
    if (kept === undefined) throw new Error(`rollout ${record.id} has no plan`);
    const delta = wayBack(kept.plan.delta, rows);
    const phase = 'rollingBack';
    if (delta.length === 0) return turnRows(brief, ports, rows, {});
    const standing = await followModel(brief, ports, { kept, delta, way: 'back', phase });
    switch (standing.kind) {
      case 'over':
        return standing.answer;
      case 'taken': {
        const image = delta.find(({ path }) => path === IMAGE_VERSION)?.after;
        const targetImage = typeof image === 'string' && image !== 'latest' ? image : undefined;
        return turnRows(brief, ports, rows, { modelHash: standing.modelHash, targetImage });
      }
      case 'toSend': {
        if (brief.standing.paused) return waitWhilePaused(brief, ports);
        const held = await waitOutHold(brief, ports, { name: 'write', phase });
        if (held !== undefined) return held;
        const write = { input, delta, way: 'back', phase } as const;
        return sendModel(brief, ports, standing.set, { write, operations: standing.operations });
      }
    }
  },
});

/**
 * Where the old model said `latest`, it is pinned to the version that most touched instances ran: `latest` would bring
 * them to whatever is newest by now.
 */
function wayBack(delta: readonly PropertyChange[], rows: readonly LedgerRow[]): readonly PropertyChange[] {
  const ran = commonest(rows.filter((row) => row.touched).map((row) => row.imageBefore));
  return inverse(delta).map((change) =>
    change.path === IMAGE_VERSION && change.after === 'latest' && ran !== undefined
      ? { ...change, after: ran }
      : change,
  );
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

async function turnRows(
  brief: Brief,
  ports: Ports,
  rows: readonly LedgerRow[],
  changes: { readonly modelHash?: string; readonly targetImage?: string | undefined },
): Promise<Answer> {
  const turned = turnBack(rows, new Date(brief.now).toISOString());
  await writeLedger(ports.store, brief.record.id, turned);
  await finish(brief, ports, { ...changes, modelState: 'restored', counts: countRows(turned) }, [
    { kind: 'modelRestored', message: 'the scale set has its old model again' },
  ]);
  return { kind: 'done' };
}

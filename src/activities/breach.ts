import type { Answer } from '../core/answer.ts';
import { countRows } from '../core/ledger.ts';
import type { LedgerRow } from '../core/ledger.ts';
import { withBatch } from '../core/progress.ts';
import type { Failure } from '../core/rollout.ts';
import { finish, turnTo } from './brief.ts';
import type { Brief } from './brief.ts';
import type { StepInput } from './define.ts';
import { waitWhilePaused } from './paused.ts';
import type { Ports } from './ports.ts';

export interface Breach {
  readonly input: StepInput;
  readonly failed: readonly LedgerRow[];
  readonly ledger: readonly LedgerRow[];
}

/** More instances failed than the spec tolerates: rolls back, stops or waits for a person, as the spec says. */
export async function breach(brief: Brief, ports: Ports, { input, failed, ledger }: Breach): Promise<Answer> {
  const { record } = brief;
  const failure = failureOf(failed, record.id);
  const batches = withBatch(record.batches, input.batch, {
    phase: 'failed',
    endedAt: new Date(brief.now).toISOString(),
  });
  const { instances } = failure;
  const noted = await finish(brief, ports, { failure, batches, counts: countRows(ledger) }, [
    {
      kind: 'failed',
      batch: input.batch,
      message: `${failure.code}: ${failure.message}`,
      ...(instances !== undefined && { instances }),
    },
  ]);
  switch (record.spec.onFailure) {
    case 'rollback':
      return turnTo(noted, ports, { course: { kind: 'back' }, message: 'rolling back after the failure' });
    case 'halt':
      return turnTo(noted, ports, {
        course: { kind: 'stop', phase: 'halted' },
        message: 'halted after the failure',
      });
    case 'pause': {
      const failedAfterCommand = brief.standing.lastSequence;
      const paused = await finish(noted, ports, { failedAfterCommand });
      const standing = { ...paused.standing, paused: true };
      return waitWhilePaused({ ...paused, standing }, ports);
    }
  }
}

/** The commonest cause speaks for all of them. */
function failureOf(failed: readonly LedgerRow[], id: string): Failure {
  const causes = Map.groupBy(failed, (row) => row.failure?.code ?? 'unhealthyAfterUpgrade');
  const [code = 'unhealthyAfterUpgrade', rows = failed] =
    [...causes].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const instances = failed.map(({ instanceId }) => instanceId);
  const others = causes.size > 1 ? `, and ${failed.length - rows.length} for other causes` : '';
  return {
    code,
    message: `instance ${rows.map(({ instanceId }) => instanceId).join(', ')}: ${rows[0]?.failure?.message ?? 'failed'}${others}`,
    remedy: `see what happened with vmss-rollout status ${id} --events, repair the image or the change, then start again`,
    instances,
  };
}

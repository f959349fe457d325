import { givenTime, givenUp, isSickBack } from '../../core/health/sick-back.ts';
import { waits } from '../../core/messages/waits.ts';
import { countRows, isUnderWay } from '../../core/record/ledger.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import { patience } from '../../core/run/patience.ts';
import { leave } from '../frame/leave.ts';
import type { Leave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { judge, observe } from './judge-rows.ts';
import { readInstances } from './read-instances.ts';

const LONGEST_PAUSE_SECONDS = 300;
/** With less time left than this the rollback ends by what was seen last. */
const LEAST_SECONDS = 60;

function secondsLeft({ spec, clock, rollbackFromSeconds = 0 }: RolloutRecord): number {
  return spec.rollbackTimeoutSeconds - (clock.seconds - rollbackFromSeconds);
}

/**
 * A rollback takes the time it takes: instances that are back and not well yet are looked at until they are, or until
 * the time of the rollback is over.
 */
export async function waitForSick(step: Step): Promise<Leave | undefined> {
  if (step.direction !== 'rollback') return undefined;
  const { rows, operations } = step.records;
  const open = rows.filter((row) => isSickBack(row) || (row.direction === 'rollback' && isUnderWay(row)));
  if (open.length === 0) return undefined;
  const left = secondsLeft(step.record);
  if (left < LEAST_SECONDS) {
    step.records.putRows(open.map((row) => givenUp(row)));
    return undefined;
  }
  const seen = await readInstances(step, 'rollingBack');
  if (seen.kind === 'leave') return seen;
  const { rows: judged } = judge(step, {
    before: [],
    operations: operations.filter(({ key }) => open.some((row) => row.operation === key)),
    rows: open.map((row) => (isSickBack(row) ? givenTime(row) : row)),
    instances: seen.value,
    observation: observe(step),
  });
  step.records.putRows(judged);
  const ids = judged.filter((row) => isUnderWay(row) || isSickBack(row)).map(({ instanceId }) => instanceId);
  if (ids.length === 0) return undefined;
  const { record, now, pace } = step;
  const times = { now, least: pace.pollSeconds, most: LONGEST_PAUSE_SECONDS };
  return leave(
    await wait(step, {
      seconds: Math.min(patience(record.waitingFor, 'health', times), left - LEAST_SECONDS / 2),
      phase: 'rollingBack',
      waitingFor: { kind: 'health', message: waits.sickBack(ids) },
      changes: { counts: countRows(step.records.rows) },
    }),
  );
}

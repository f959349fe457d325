import type { StrategyState } from '../../client/types.ts';
import { counted } from './text.ts';
import { duration } from './time.ts';

const BY: Readonly<Record<string, string>> = {
  updateDomain: 'By update domain',
  faultDomain: 'By fault domain',
  zone: 'By zone',
  count: 'In batches',
  percent: 'In batches',
  steps: 'In steps',
};

const BEFORE: Readonly<Record<string, string>> = { batch: 'each batch', rollout: 'the rollout' };

const ON_FAILURE: Readonly<Record<string, string>> = {
  rollback: 'rolls back after a failure',
  pause: 'pauses after a failure',
  halt: 'halts after a failure',
};

/** A strategy in one line: what its rollouts have in common. */
export function strategyText({
  strategy,
  approvals,
  soakSeconds,
  onFailure,
}: StrategyState['strategy']): string {
  const { batchBy, steps, canary, maxUnavailable } = strategy;
  const { before, quorum } = approvals;
  const what = Array.isArray(before) ? counted(before.length, 'batch', 'batches') : before;
  const sized = steps === undefined ? '' : ` of ${steps.join(', ')}`;
  return [
    `${BY[batchBy] ?? batchBy}${sized}`,
    ...(canary === undefined ? [] : [`a canary of ${canary}`]),
    ...(maxUnavailable === undefined ? [] : [`at most ${maxUnavailable} down`]),
    ...(what === 'none' ? [] : [`${counted(quorum, 'approval')} before ${BEFORE[what] ?? what}`]),
    ...(soakSeconds === 0 ? [] : [`soaks ${duration(soakSeconds)}`]),
    ON_FAILURE[onFailure] ?? onFailure,
  ].join(', ');
}

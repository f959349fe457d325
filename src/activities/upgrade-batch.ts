import type { Answer } from '../core/answer.ts';
import { affordable, servingNow } from '../core/capacity.ts';
import { isUnderWay, sameAction } from '../core/ledger.ts';
import type { LedgerRow } from '../core/ledger.ts';
import { isUnanswered } from '../core/operation.ts';
import type { Operation } from '../core/operation.ts';
import type { Phase } from '../core/rollout.ts';
import { readLedger, readOperations } from '../store/ledger.ts';
import { floorNow, leaveOut, readSetForWrite, waitForRoom } from './before-upgrade.ts';
import { begin } from './begin.ts';
import type { Brief } from './brief.ts';
import { defineStep } from './define.ts';
import type { StepInput } from './define.ts';
import { addressOf } from './model-write.ts';
import { waitWhilePaused } from './paused.ts';
import type { Ports } from './ports.ts';
import { readOrWait, waitOutHold } from './reads.ts';
import { sendUpgrade } from './send-upgrade.ts';

/** Asks Azure to bring a batch's outstanding instances to the current model: one write, as large as the floor allows. */
export const upgradeBatch = defineStep({
  name: 'upgradeBatch',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record } = brief;
    const rows = await readLedger(ports.store, record.id);
    const outstanding = sameAction(rows.filter((row) => isOutstanding(row, input)));
    if (outstanding.length === 0) return { kind: 'done' };
    const operations = await readOperations(ports.store, record.id);
    // What became of a write without an answer must be known before the next one goes out.
    if (operations.some((operation) => isUnanswered(operation))) return { kind: 'done' };
    if (input.way === 'forward' && record.opened !== input.batch) return { kind: 'again' };
    if (brief.standing.paused) return waitWhilePaused(brief, ports);
    const phase = phaseOf(input);
    const held = await waitOutHold(brief, ports, { name: 'write', phase });
    if (held !== undefined) return held;
    return lookAndSend(brief, ports, { input, phase, rows, outstanding, operations });
  },
});

function isOutstanding(row: LedgerRow, { batch, way }: StepInput): boolean {
  return row.batch === batch && row.way === way && row.state === 'pending';
}

function phaseOf({ way }: StepInput): Phase {
  return way === 'back' ? 'rollingBack' : 'upgrading';
}

interface Sight {
  readonly input: StepInput;
  readonly phase: Phase;
  readonly rows: readonly LedgerRow[];
  readonly outstanding: readonly LedgerRow[];
  readonly operations: readonly Operation[];
}

async function lookAndSend(brief: Brief, ports: Ports, sight: Sight): Promise<Answer> {
  const { phase } = sight;
  const set = await readSetForWrite(brief, ports, phase);
  if (set.kind === 'no') return set.answer;
  const seen = await readOrWait(brief, ports, {
    name: 'instances',
    phase,
    read: () => ports.compute.instances(addressOf(brief)),
  });
  if (seen.kind === 'no') return seen.answer;

  const left = await leaveOut(brief, ports, { ...sight, instances: seen.value });
  const serving = servingNow(seen.value, sight.rows);
  const floor = floorNow(brief, seen.value.length);
  const chosen = affordable(
    left.map(({ instanceId }) => instanceId),
    { serving, floor },
  ).slice(0, ports.pace.maxInstanceIds);
  if (chosen.length > 0) {
    const rows = left.filter(({ instanceId }) => chosen.includes(instanceId));
    return sendUpgrade(brief, ports, {
      ...sight,
      rows,
      etag: set.value.etag,
      remaining: left.length - rows.length,
    });
  }
  const isAtWork = sight.rows.some(({ state, batch }) => state !== 'pending' && batch === sight.input.batch);
  if (left.length === 0 || (isAtWork && sight.rows.some((row) => isUnderWay(row)))) return { kind: 'done' };
  return waitForRoom(brief, ports, { batch: sight.input.batch, serving: serving.size, floor });
}

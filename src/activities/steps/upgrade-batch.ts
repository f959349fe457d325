import type { Instance } from '../../core/instance/instances.ts';
import { coldLast, isUnderWay, nextAction, sameAction } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import { isUnanswered } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { Answer } from '../../core/run/answer.ts';
import { affordable, floorFor, servingNow } from '../../core/run/capacity.ts';
import { begin } from '../begin.ts';
import { addressOf } from '../frame/address.ts';
import { keep } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { defineStep } from '../frame/define.ts';
import type { StepInput } from '../frame/define.ts';
import { waitOutHold } from '../frame/holds.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import type { Ports } from '../frame/ports.ts';
import { floorNow, leaveOut, readSetForWrite, waitForRoom } from '../looks/before-upgrade.ts';
import { readOrWait } from '../looks/reads.ts';
import { waitForDisks } from '../looks/wait-for-disks.ts';
import { sendUpgrade } from '../writes/send-upgrade.ts';

/** Asks Azure to bring a batch's outstanding instances to the current model: as large writes as the floor allows. */
export const upgradeBatch = defineStep({
  name: 'upgradeBatch',
  run: (input, ports) => upgrade(input, ports),
});

/** What a look at all instances showed a moment ago. */
interface Glance {
  readonly instances: readonly Instance[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

async function upgrade(input: StepInput, ports: Ports, glance?: Glance): Promise<Answer> {
  const begun = await begin(input, ports);
  if (begun.kind === 'over') return begun.answer;
  const { brief } = begun;
  const { rows, operations } = brief.records;
  const outstanding = sameAction(coldLast(rows.filter((row) => isOutstanding(row, input))));
  if (outstanding.length === 0) return { kind: 'done' };
  // What became of a write without an answer must be known before the next one goes out.
  // fence I12: no upgrade goes out while another one has no answer
  if (operations.some((operation) => isUnanswered(operation))) return { kind: 'done' };
  if (brief.standing.paused) return waitWhilePaused(brief);
  const phase = phaseOf(input);
  const held = await waitOutHold(brief, { name: 'write', phase });
  // fence I11: a hold on writes is waited out before the next upgrade
  if (held !== undefined) return held;
  const early = await waitForDisks(brief, ports, { input, phase, outstanding, operations });
  return early ?? lookAndSend(brief, ports, { input, phase, rows, outstanding, operations }, glance);
}

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

/**
 * A batch that takes several writes sends them one right after the other: what was seen before the first is as true
 * for the next, less those that are under way by the ledger. Views are older than this anyway.
 */
const GLANCE_MS = 10_000;

async function lookAndSend(brief: Brief, ports: Ports, sight: Sight, glance?: Glance): Promise<Answer> {
  const { phase, input } = sight;
  const set = await readSetForWrite(brief, ports, phase);
  if (set.kind === 'no') return set.answer;
  const isFresh = glance !== undefined && brief.now - glance.at < GLANCE_MS;
  const seen = isFresh
    ? { kind: 'value' as const, value: glance.instances }
    : await readOrWait(brief, {
        name: 'instances',
        phase,
        read: () => ports.compute.instances(addressOf(brief)),
      });
  if (seen.kind === 'no') return seen.answer;
  const instances = seen.value;

  const left = sameAction(coldLast(await leaveOut(brief, ports, { ...sight, instances })));
  const serving = servingNow(instances, sight.rows);
  const capacity = instances.length;
  const floor = floorFor(left, { floor: floorNow(brief, instances, sight.rows), capacity, rows: sight.rows });
  const wanted = left.map(({ instanceId }) => instanceId);
  // Putting disks back takes nothing down: it must not wait for the instance that it is done for.
  const isHot = input.way === 'back' && left.every((row) => nextAction(row) === 'dataDisks');
  const affords = isHot ? wanted : affordable(wanted, { serving, floor });
  // fence I2: one call names no more instances than allowed
  const chosen = affords.slice(0, ports.pace.maxInstanceIds);
  if (chosen.length > 0) {
    const rows = left.filter(({ instanceId }) => chosen.includes(instanceId));
    const remaining = left.length - rows.length;
    const { etag } = set.value;
    const sent = await sendUpgrade(brief, ports, { ...sight, rows, etag, remaining, instances });
    if (sent.kind !== 'more') return sent;
    return upgrade(input, ports, { instances, at: isFresh ? glance.at : brief.now });
  }
  const isAtWork = sight.rows.some(({ state, batch }) => state !== 'pending' && batch === input.batch);
  if (left.length === 0 || (isAtWork && sight.rows.some((row) => isUnderWay(row)))) {
    await keep(brief);
    return { kind: 'done' };
  }
  return waitForRoom(brief, ports, { batch: input.batch, serving: serving.size, floor });
}

import { judgeBatch } from '../../core/health/batch-verdict.ts';
import { adopt } from '../../core/health/unanswered.ts';
import { isUnderWay } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Answer } from '../../core/run/answer.ts';
import { isToSend, isWithin, reasonToFallBack, stretchFrom } from '../../core/run/slide.ts';
import { begin } from '../begin.ts';
import { addressOf } from '../frame/address.ts';
import { breach } from '../frame/breach.ts';
import { finish, keep, save } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { defineStep } from '../frame/define.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import type { Ports } from '../frame/ports.ts';
import { follow, judge, observe } from '../looks/judge-rows.ts';
import { readOrWait } from '../looks/reads.ts';
import { progressOf, refillSlots } from '../writes/refill-slots.ts';
import type { Slide } from '../writes/refill-slots.ts';

/**
 * Brings this batch and those that may slide into it to the current model: whenever an instance is done, the next one
 * takes its place. Where Azure takes that badly it only ends what is under way, and leaves the rest to the steps that
 * do one batch after the other.
 */
export const slideBatches = defineStep({
  name: 'slideBatches',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record, standing } = brief;
    const stretch = stretchFrom(record, input.batch);
    if (stretch === undefined) return { kind: 'done' };
    const { rows: ledger } = brief.records;
    const operations = brief.records.operations.filter(
      ({ kind, way }) => kind === 'upgrade' && way === 'forward',
    );
    const rows = adopt(ledger, operations).filter((row) => isWithin(row, stretch));
    const slide = { input, rows, ledger, operations };
    // Disks that Azure refused have failed their instance in the step before.
    const ended = (await breached(brief, slide)) ?? (await conclude(brief, slide));
    if (ended !== undefined) return ended;
    if (standing.paused && !rows.some((row) => isUnderWay(row))) return waitWhilePaused(brief);
    return look(brief, ports, slide);
  },
});

async function look(brief: Brief, ports: Ports, slide: Slide): Promise<Answer> {
  const followed = await follow(slide.operations, brief, ports, slide.operations);
  const read = () => ports.compute.instances(addressOf(brief));
  const seen = await readOrWait(brief, { name: 'instances', phase: 'upgrading', read });
  if (seen.kind === 'no') return seen.answer;
  const observation = observe(brief, ports);
  const { rows } = slide;
  const judged = judge(brief, { ...followed, rows, instances: seen.value, observation });
  const changed = new Map(judged.rows.map((row) => [row.instanceId, row]));
  const ledger = slide.ledger.map((row) => changed.get(row.instanceId) ?? row);
  const after = { ...slide, ...judged, ledger };
  const failed = await breached(brief, after);
  // fence I21: sliding stops at a breach, too
  if (failed !== undefined) return failed;
  const current = await fallBack(brief, after.operations);
  const ended = await conclude(current, after);
  return ended ?? refillSlots(current, ports, after, seen.value);
}

/** The failures that end the way forward, judged batch by batch; one that has paused the rollout does not do so again. */
async function breached(brief: Brief, { input, rows, ledger }: Slide): Promise<Answer | undefined> {
  const { health } = brief.record.spec;
  const known = brief.record.failure?.instances ?? [];
  const failed = [...Map.groupBy(rows, ({ batch }) => batch).values()].flatMap(
    (own) => judgeBatch(own, health) ?? [],
  );
  const first = failed.find(({ instanceId }) => !known.includes(instanceId));
  if (first === undefined) return undefined;
  return breach(brief, { input: { ...input, batch: first.batch }, failed, ledger });
}

/** Says once, and for good, that from here on batches are waited for. */
async function fallBack(brief: Brief, operations: readonly Operation[]): Promise<Brief> {
  const reason = reasonToFallBack(operations);
  if (reason === undefined || brief.record.fellBack !== undefined) return brief;
  const message = `${reason}: from here on each batch is waited for before the next begins`;
  const fellBack = { to: 'barrier', at: new Date(brief.now).toISOString(), message } as const;
  return save(brief, { fellBack }, [{ kind: 'fellBack', message }]);
}

/** Over when nothing is under way and nothing more is to be sent from here. */
async function conclude(brief: Brief, slide: Slide): Promise<Answer | undefined> {
  const isBusy = slide.rows.some((row) => isUnderWay(row));
  if (isBusy || slide.rows.some((row) => isToSend(row, brief.record))) return undefined;
  const { changes, happenings } = progressOf(brief, slide);
  if (happenings.length > 0) await finish(brief, changes, happenings);
  else await keep(brief);
  return { kind: 'done' };
}

import { judgeBatch } from '../../core/health/batch-verdict.ts';
import { adopt } from '../../core/health/unanswered.ts';
import { audit } from '../../core/messages/audit.ts';
import { isUnderWay } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import { GLANCE_SECONDS } from '../../core/record/times.ts';
import type { Answer } from '../../core/run/answer.ts';
import { isToSend, isWithin, reasonToFallBack, stretchFrom } from '../../core/run/slide.ts';
import { beginAgain, defineStep } from '../define-step.ts';
import { breach } from '../frame/breach.ts';
import { finish, keep, save } from '../frame/commit.ts';
import { waitWhilePaused } from '../frame/paused.ts';
import type { Step } from '../frame/step.ts';
import { follow, judge } from '../looks/judge-rows.ts';
import { lookAtSlots } from '../looks/look-at-slots.ts';
import { noteViews } from '../looks/note-views.ts';
import { progressOf, refillSlots, waitForProgress } from '../writes/refill-slots.ts';
import type { Glance, Slide } from '../writes/refill-slots.ts';

/**
 * Brings this batch and those that may slide into it to the current model: whenever an instance is done, the next one
 * takes its place. If Azure refuses or cuts short concurrent operations, it only finishes what is under way, and leaves
 * the rest to the steps that work batch by batch.
 */
export const slideBatches = defineStep({
  name: 'slideBatches',
  async run(step) {
    const slide = slideOf(step);
    if (slide === undefined) return { kind: 'done' };
    // Disks that Azure refused have failed their instance in the step before.
    const ended = (await breached(step, slide)) ?? (await conclude(step, slide));
    if (ended !== undefined) return ended;
    if (step.standing.paused && !slide.rows.some((row) => isUnderWay(row))) return waitWhilePaused(step);
    return look(step, slide);
  },
});

/** The rows of this batch and of those that may slide into it. */
function slideOf({ record, records, batch }: Step): Slide | undefined {
  const stretch = stretchFrom(record, batch);
  if (stretch === undefined) return undefined;
  const { rows: ledger } = records;
  const operations = records.operations.filter(
    ({ kind, direction }) => kind === 'upgrade' && direction === 'forward',
  );
  const rows = adopt(ledger, operations).filter((row) => isWithin(row, stretch));
  return { rows, ledger, operations };
}

async function look(step: Step, slide: Slide): Promise<Answer> {
  const followed = await follow(slide.operations, step, slide.operations);
  const polled = { ...slide, operations: followed.operations };
  const seen = await lookAtSlots(step, polled);
  if (seen.kind === 'leave') return seen.answer;
  // What no look would show is not looked for.
  if (seen.value === undefined) return waitForProgress(step, polled);
  const { shown, rows, observation, ...glance } = seen.value;
  noteViews(step, shown);
  const judged = judge(step, { ...followed, rows, instances: shown, observation });
  const changed = new Map(judged.rows.map((row) => [row.instanceId, row]));
  const after = {
    operations: judged.operations,
    rows: slide.rows.map((row) => changed.get(row.instanceId) ?? row),
    ledger: slide.ledger.map((row) => changed.get(row.instanceId) ?? row),
  };
  const failed = await breached(step, after);
  // fence I21: sliding stops at a breach, too
  if (failed !== undefined) return failed;
  const current = await fallBack(step, after.operations);
  const ended = await conclude(current, after);
  return ended ?? fill(current, after, { ...glance, at: step.now });
}

/** Fills the free slots, in as many writes as that takes while the look is young. */
async function fill(
  step: Step,
  slide: Slide,
  { at, ...glance }: Glance & { readonly at: number },
): Promise<Answer> {
  const sent = await refillSlots(step, slide, glance);
  if (sent.kind !== 'more') return sent;
  const next = await beginAgain(step);
  if (next.kind === 'leave') return next.answer;
  const isYoung = next.step.now - at < GLANCE_SECONDS * 1000;
  const now = slideOf(next.step);
  if (!isYoung || now === undefined)
    return { kind: 'wait', seconds: step.pace.pollSeconds, phase: 'upgrading' };
  return fill(next.step, now, { ...glance, at, isSecond: true });
}

/** The failures that redirect the rollout, judged batch by batch; one that has paused the rollout does not do so again. */
async function breached(step: Step, { rows, ledger }: Slide): Promise<Answer | undefined> {
  const { health } = step.record.spec;
  const known = step.record.failure?.instances ?? [];
  const failed = [...Map.groupBy(rows, ({ batch }) => batch).values()].flatMap(
    (own) => judgeBatch(own, health) ?? [],
  );
  const first = failed.find(({ instanceId }) => !known.includes(instanceId));
  if (first === undefined) return undefined;
  return breach({ ...step, batch: first.batch }, { failed, ledger });
}

/** Records, once and for good, that batches run one at a time from here on. */
async function fallBack(step: Step, operations: readonly Operation[]): Promise<Step> {
  const reason = reasonToFallBack(operations);
  if (reason === undefined || step.record.fellBack !== undefined) return step;
  const message = audit.fellBack(reason);
  const fellBack = { to: 'barrier', at: new Date(step.now).toISOString(), message } as const;
  return save(step, { fellBack }, [{ kind: 'fellBack', message }]);
}

/** Over when nothing is under way and this step has nothing more to send. */
async function conclude(step: Step, slide: Slide): Promise<Answer | undefined> {
  const isBusy = slide.rows.some((row) => isUnderWay(row));
  if (isBusy || slide.rows.some((row) => isToSend(row, step.record))) return undefined;
  const { changes, events } = progressOf(step, slide);
  if (events.length > 0) await finish(step, changes, events);
  else await keep(step);
  return { kind: 'done' };
}

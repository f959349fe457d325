import { asPromised } from '../../core/health/promised.ts';
import type { Observation } from '../../core/health/observation.ts';
import type { Instance } from '../../core/instance/instances.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import { ageOf, freshIn, looksAt } from '../../core/run/slots.ts';
import type { SlotPace } from '../../core/run/slots.ts';
import { found } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { observe } from './judge-rows.ts';
import { readEach } from './read-each.ts';
import { readInstances } from './read-instances.ts';
import { pagesOf, readOrLeave, secondsUntilGranted } from './reads.ts';
import { keepList, keepViews, viewsOf } from './views.ts';

/** The rows and operations that a look is for. */
interface Slots {
  readonly rows: readonly LedgerRow[];
  readonly operations: readonly Operation[];
}

/** What a look has shown, and what is known of all others. */
export interface SlotSight {
  /** Those that this look has shown, and the rows that it may move on. */
  readonly shown: readonly Instance[];
  readonly rows: readonly LedgerRow[];
  /** Every instance of the set, as it was seen last. */
  readonly instances: readonly Instance[];
  /** Those of them that were seen not too long ago. */
  readonly fresh: readonly Instance[];
  readonly observation: Observation;
}

/** So old the list may be before it is read again: it still counts for a while then, should the service keep us waiting. */
const LIST_AGAIN_SECONDS = 45;

/** So many looks at single instances are worth a page of the list. */
const LOOKS_A_PAGE = 6;

/** At most so many are asked for by themselves in one look. */
const MOST_ASKED = 80;

const LEAST_APART = 0.7;

/**
 * Looks at the instances that hold slots. A list of one page shows all of them. A longer one is read as often as the
 * floor needs it; between two, those that may have become well are asked for one by one, each by its own GET, which
 * draws on a bucket of its own (arm-vmss.md 3.6). `undefined` where no look would show anything new.
 */
export async function lookAtSlots(step: Step, slots: Slots): Promise<OrLeave<SlotSight | undefined>> {
  const due = pagesOf(step) === 1 ? [] : dueOf(step, slots);
  if (secondsUntilList(step, slots, due.length) <= 0) return listAll(step, slots);
  const most = Math.min(MOST_ASKED, step.compute.instancesGranted(step.address));
  const ids = due.slice(0, most).map(({ instanceId }) => instanceId);
  if (ids.length === 0) return found(undefined);
  const read = () => readEach(step.compute, step.address, ids);
  const own = await readOrLeave(step, { name: 'instance', phase: 'upgrading', read });
  if (own.kind === 'leave') return own;
  // Either the instance or the whole scale set is gone: the list shows which.
  if (own.value.missing.length > 0) return listAll(step, slots);
  const shown = asPromised(own.value.there, step.record);
  keepViews(step, shown);
  const rows = due.filter(({ instanceId }) => ids.includes(instanceId));
  return found({ shown, rows, ...known(step, slots), observation: paceOf(step).observation });
}

async function listAll(step: Step, slots: Slots): Promise<OrLeave<SlotSight>> {
  const seen = await readInstances(step, 'upgrading');
  if (seen.kind === 'leave') return seen;
  keepList(step, seen.value);
  const observation = paceOf(step).observation;
  return found({ shown: seen.value, rows: slots.rows, ...known(step, slots), observation });
}

function known(step: Step, { operations }: Slots): Pick<SlotSight, 'instances' | 'fresh'> {
  const views = viewsOf(step);
  return {
    instances: [...views.values()].map(({ instance }) => instance),
    fresh: freshIn(views, { rows: step.records.rows, operations, now: step.now }),
  };
}

function dueOf(step: Step, { rows, operations }: Slots): readonly LedgerRow[] {
  const looks = looksAt(rows, operations, { views: viewsOf(step), pace: paceOf(step) });
  const due = looks.filter(({ at }) => at <= step.now + 1000);
  return due.toSorted((a, b) => a.at - b.at).map(({ row }) => row);
}

/** Between two lists there are looks at each one by itself. */
function paceOf(step: Step): SlotPace {
  const observation = { ...observe(step), looksBetween: true };
  return { observation, pollSeconds: step.pace.pollSeconds };
}

/** Seconds until the whole list is worth its pages, and the service grants them; `due`: how many it would show besides. */
function secondsUntilList(step: Step, { rows }: Slots, due: number): number {
  const pages = pagesOf(step);
  if (pages === 1) return 0;
  const age = ageOf(viewsOf(step), rows, step.now);
  const granted = secondsUntilGranted(step);
  const isWorthIt = due > LOOKS_A_PAGE * pages && age > 15 && secondsUntilGranted(step, 2 * pages) <= 0;
  return isWorthIt ? granted : Math.max(granted, LIST_AGAIN_SECONDS - age);
}

/** Seconds until the next look may show anything new. */
export function secondsUntilLook(step: Step, slots: Slots): number {
  const { rows, operations } = slots;
  const looks = looksAt(rows, operations, { views: viewsOf(step), pace: paceOf(step) });
  const next = Math.min(...looks.map(({ at }) => (at - step.now) / 1000));
  const mayAsk = step.compute.instancesGranted(step.address) > 0;
  const least = (mayAsk ? LEAST_APART : 1) * step.pace.pollSeconds;
  return Math.max(
    least,
    Math.min(mayAsk ? next : Number.POSITIVE_INFINITY, secondsUntilList(step, slots, 0)),
  );
}

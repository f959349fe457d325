import type { Ports } from '../activities/frame/ports.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { waitReport } from '../core/run/wait-report.ts';
import type { WaitReport } from '../core/run/wait-report.ts';
import { acceptedAt } from '../core/run/retention.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { listRollouts } from '../store/list.ts';
import { readRollout } from '../store/rollouts.ts';

export interface AskedReport {
  /** Rollouts that were accepted since then; milliseconds since the epoch. */
  readonly since: number;
  readonly scaleSet?: string | undefined;
  /** Whether the caller may read it. */
  readonly isMeant: (record: RolloutRecord) => boolean;
}

const PAGE = 100;
/** More are not read for one report. */
const MOST_READ = 2000;
/** Read side by side. */
const AT_ONCE = 20;

/** How long rollouts waited, and for whom; `complete` is false where there were more of them than are read. */
export async function reportWaits(
  { since, scaleSet, isMeant }: AskedReport,
  { store }: Ports,
): Promise<WaitReport & { readonly complete: boolean }> {
  const { ids, complete } = await listed({ since, scaleSet }, store);
  const records: RolloutRecord[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const read = await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => readRollout(store, id)));
    records.push(...read.flatMap((stored) => (stored === undefined ? [] : [stored.record])));
  }
  return { ...waitReport(records.filter(isMeant)), complete };
}

async function listed(
  { since, scaleSet }: Pick<AskedReport, 'since' | 'scaleSet'>,
  store: Ports['store'],
): Promise<{ readonly ids: readonly string[]; readonly complete: boolean }> {
  const ids: string[] = [];
  for (let after: string | undefined; ids.length < MOST_READ;) {
    const page = await listRollouts(store, PAGE, after);
    const young = page.filter(({ id }) => (acceptedAt(id) ?? 0) >= since);
    const meant = young.filter((one) => scaleSet === undefined || one.scaleSet === scaleSetKey(scaleSet));
    ids.push(...meant.map(({ id }) => id));
    if (young.length < PAGE) return { ids, complete: true };
    after = page.at(-1)?.row;
  }
  return { ids: ids.slice(0, MOST_READ), complete: false };
}

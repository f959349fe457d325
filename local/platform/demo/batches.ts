import type { LogEntry } from '../../simulator/log/entries.ts';
import { modelNow } from '../../simulator/log/judge.ts';
import { fewestServing } from '../../simulator/log/serving.ts';
import { isAccepted, wholeLog, type Passage } from './passage.ts';

/** One batch on its way to one image, as the simulator saw it. */
export interface BatchRow {
  readonly batch: number;
  readonly updateDomains: readonly number[];
  readonly instances: readonly string[];
  readonly image: string;
  /** From its first call to the next write to the scale set, or to the last change of an instance. */
  readonly from: number;
  readonly to: number;
  readonly fewestServing: number;
}

interface Group {
  readonly batch: number;
  readonly image: string;
  readonly from: number;
  readonly instances: string[];
}

/** Reads the batches out of the log; the rollout itself only says which instances it calls a batch. */
export function batchRows(
  passage: Passage,
  batches: readonly { readonly index: number; readonly instances: readonly string[] }[],
): readonly BatchRow[] {
  const whole = wholeLog(passage);
  const domains = updateDomains(whole);
  const { groups, boundaries } = readGroups(passage, (id) => {
    const found = batches.find(({ instances }) => instances.includes(id));
    return found?.index ?? -1;
  });
  const atRest = passage.during.findLast(({ kind }) => kind === 'instance')?.time ?? 0;
  return groups.map((group) => {
    const to = boundaries.find((time) => time > group.from) ?? atRest;
    return {
      ...group,
      updateDomains: [...new Set(group.instances.map((id) => domains.get(id) ?? -1))].sort((a, b) => a - b),
      to,
      fewestServing: fewestServing(whole, group.from, to),
    };
  });
}

function readGroups(
  passage: Passage,
  batchOf: (instance: string) => number,
): { readonly groups: readonly Group[]; readonly boundaries: readonly number[] } {
  const whole = wholeLog(passage);
  const groups: Group[] = [];
  const boundaries: number[] = [];
  for (const [index, entry] of passage.during.entries()) {
    if (!isAccepted(entry)) continue;
    if (entry.operation === 'patch') boundaries.push(entry.time);
    if (entry.operation !== 'manualupgrade') continue;
    const instances = entry.instances ?? [];
    const batch = batchOf(instances[0] ?? '');
    const image = imageOfModel(whole.slice(0, passage.before.length + index));
    const last = groups.at(-1);
    if (last?.batch === batch && last.image === image) {
      last.instances.push(...instances);
    } else {
      groups.push({ batch, image, from: entry.time, instances: [...instances] });
      boundaries.push(entry.time);
    }
  }
  return { groups, boundaries };
}

export function imageOfModel(log: readonly LogEntry[]): string {
  return String(modelNow(log)?.image['version']);
}

function updateDomains(log: readonly LogEntry[]): ReadonlyMap<string, number> {
  const domains = new Map<string, number>();
  for (const entry of log) {
    if (entry.kind === 'instance' && entry.change === 'created') {
      domains.set(entry.instance, entry.updateDomain);
    }
  }
  return domains;
}

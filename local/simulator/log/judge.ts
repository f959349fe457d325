import type { AnswerEntry, LogEntry, ModelEntry, RequestEntry } from './entries.ts';
import { fewestServing } from './serving.ts';

/** Oracles over the log: what really happened, whatever a client believes. All of them are pure. */

type Logged<T> = T & { readonly sequence: number; readonly time: number };

/**
 * How often each instance was taken out of service for an upgrade. Instances that were left alone, or had nothing to
 * do, are absent.
 */
export function upgradesPerInstance(log: readonly LogEntry[], scaleSet?: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of log) {
    if (entry.kind !== 'instance' || entry.change !== 'upgradeStarted' || !entry.disruptive) continue;
    if (isOf(entry, scaleSet)) counts[entry.instance] = (counts[entry.instance] ?? 0) + 1;
  }
  return counts;
}

/** How often each instance was named in a `manualupgrade` that was accepted, whether it had something to do or not. */
export function acceptedUpgradesPerInstance(
  log: readonly LogEntry[],
  scaleSet?: string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of acceptedWrites(log, 'manualupgrade', scaleSet)) {
    for (const id of entry.instances ?? []) counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

/** Writes that were accepted, oldest first. */
function acceptedWrites(
  log: readonly LogEntry[],
  operation: 'patch' | 'manualupgrade',
  scaleSet?: string,
): Logged<RequestEntry>[] {
  return log.filter(
    (entry): entry is Logged<RequestEntry> =>
      entry.kind === 'request' &&
      entry.operation === operation &&
      entry.operationId !== undefined &&
      isOf(entry, scaleSet),
  );
}

export interface Overlap {
  readonly scaleSet: string;
  /** Sequence numbers: the write that was being accepted, and the one that came meanwhile. */
  readonly accepting: number;
  readonly second: number;
}

/** Writes that arrived while another one to the same scale set was being accepted (arm-vmss.md 5a). */
export function overlappingWrites(log: readonly LogEntry[], scaleSet?: string): Overlap[] {
  const writes = log.filter(
    (entry): entry is Logged<RequestEntry> =>
      entry.kind === 'request' && entry.method !== 'GET' && isOf(entry, scaleSet),
  );
  const answers = new Map<number, Logged<AnswerEntry>>();
  for (const entry of log) if (entry.kind === 'answer') answers.set(entry.request, entry);
  const accepted = writes.filter((write) => write.operationId !== undefined);
  return writes.flatMap((second) =>
    accepted
      .filter((first) => first.sequence < second.sequence && first.scaleSet === second.scaleSet)
      .filter((first) => isOpen(answers.get(first.sequence), second))
      .map((first) => ({
        scaleSet: second.scaleSet ?? '',
        accepting: first.sequence,
        second: second.sequence,
      })),
  );
}

function isOpen(answer: Logged<AnswerEntry> | undefined, second: Logged<RequestEntry>): boolean {
  if (answer === undefined) return true;
  return second.time < answer.until || (second.time === answer.until && second.sequence < answer.sequence);
}

/** The image that each instance runs at the end of the log. */
export function imagesNow(log: readonly LogEntry[], scaleSet?: string): Record<string, string> {
  const images = new Map<string, string>();
  for (const entry of log) {
    if (entry.kind !== 'instance' || !isOf(entry, scaleSet)) continue;
    if (entry.change === 'created') images.set(entry.instance, entry.image);
    if (entry.change === 'image') images.set(entry.instance, entry.value);
    if (entry.change === 'deleted') images.delete(entry.instance);
  }
  return Object.fromEntries(images);
}

/** The model of a scale set at the end of the log. */
export function modelNow(log: readonly LogEntry[], scaleSet?: string): Logged<ModelEntry> | undefined {
  return log.findLast(
    (entry): entry is Logged<ModelEntry> => entry.kind === 'model' && isOf(entry, scaleSet),
  );
}

export interface BatchRow {
  readonly operationId: string;
  readonly instances: readonly string[];
  readonly updateDomains: readonly number[];
  readonly started: number;
  readonly ended: number | undefined;
  readonly status: string;
  /** While the operation ran and until the next one was accepted. */
  readonly fewestServing: number;
}

/** One row for each `manualupgrade` that was accepted: what it touched, and how low the set went meanwhile. */
export function batchesTable(log: readonly LogEntry[], scaleSet?: string): BatchRow[] {
  const domains = new Map<string, number>();
  for (const entry of log) {
    if (entry.kind === 'instance' && entry.change === 'created' && isOf(entry, scaleSet)) {
      domains.set(entry.instance, entry.updateDomain);
    }
  }
  const starts = log.filter(
    (entry) =>
      entry.kind === 'operation' &&
      entry.operation === 'manualupgrade' &&
      entry.status === 'InProgress' &&
      isOf(entry, scaleSet),
  );
  return starts.flatMap((start, index) => {
    if (start.kind !== 'operation') return [];
    const end = log.find(
      (entry) =>
        entry.kind === 'operation' &&
        entry.operationId === start.operationId &&
        entry.status !== 'InProgress',
    );
    const inDomains = start.instances.map((id) => domains.get(id) ?? -1);
    const next = starts[index + 1]?.time ?? Number.POSITIVE_INFINITY;
    return [
      {
        operationId: start.operationId,
        instances: start.instances,
        updateDomains: [...new Set(inDomains)].sort((a, b) => a - b),
        started: start.time,
        ended: end?.time,
        status: end?.kind === 'operation' ? end.status : 'InProgress',
        fewestServing: fewestServing(log, start.time, Math.max(next - 1, start.time), start.scaleSet),
      },
    ];
  });
}

function isOf(entry: { readonly scaleSet?: string }, scaleSet: string | undefined): boolean {
  return scaleSet === undefined || entry.scaleSet === scaleSet;
}

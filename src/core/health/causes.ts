import { byInstanceId } from '../instance/instances.ts';
import { failures } from '../messages/failures.ts';
import { countOf } from '../messages/named.ts';
import { words } from '../record/evidence.ts';
import { INCONCLUSIVE } from '../record/failures.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Cause, Failure } from '../record/rollout.ts';

/** The record is read with every step: causes beyond these are counted, not told. */
const MOST_CAUSES = 8;
const MOST_IDS_IN_WORDS = 20;

/** Failed instances by what they failed of, the commonest first. */
export function causesOf(failed: readonly LedgerRow[]): readonly Cause[] {
  const groups = Map.groupBy(failed, (row) => `${codeOf(row)} ${gistOf(row)}`);
  return [...groups.values()]
    .map((rows) => ({
      code: rows[0] === undefined ? '' : codeOf(rows[0]),
      message: words(rows[0]?.failure?.message ?? failures.unsaid),
      instances: rows.map(({ instanceId }) => instanceId).sort(byInstanceId),
    }))
    .sort((a, b) => b.instances.length - a.instances.length);
}

function codeOf({ failure }: LedgerRow): string {
  return failure?.code ?? 'unhealthyAfterUpgrade';
}

/** The same words of two instances differ in names, times and ids. */
function gistOf({ failure, name, instanceId }: LedgerRow): string {
  return (failure?.message ?? '')
    .replaceAll(name, '…')
    .replaceAll(/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi, '…')
    .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.+Z-]+/g, '…')
    .replaceAll(new RegExp(String.raw`\b(instance|VM|_)\s?'?${instanceId}\b`, 'gi'), '…');
}

/** `3 instances: extension app failed with exit code 1 (0, 2, 5); 1 instance: health is unknown (7)` */
export function inWords(causes: readonly Cause[]): string {
  const [first, ...others] = causes;
  if (first === undefined) return failures.noInstance;
  if (others.length === 0 && first.instances.length === 1) {
    return `instance ${first.instances.join('')}: ${first.message}`;
  }
  const told = causes.slice(0, MOST_CAUSES).map(({ instances, message }) => {
    return `${countOf(instances.length)}: ${message} (${someOf(instances)})`;
  });
  const rest = causes.slice(MOST_CAUSES).flatMap(({ instances }) => instances).length;
  return [...told, ...(rest === 0 ? [] : [failures.other(rest)])].join('; ');
}

function someOf(ids: readonly string[]): string {
  const more = ids.length - MOST_IDS_IN_WORDS;
  return more <= 0 ? ids.join(', ') : failures.more(ids.slice(0, MOST_IDS_IN_WORDS), more);
}

/** What a rollout says of instances that have failed; the commonest cause gives the code. */
export function failureOf(
  failed: readonly LedgerRow[],
  { remedy, prefix = '' }: { readonly remedy: string; readonly prefix?: string },
): Failure {
  const causes = causesOf(failed);
  // Beside a certain failure, health that could not be determined is no news.
  const commonest = causes.find(({ code }) => code !== INCONCLUSIVE) ?? causes[0];
  return {
    code: commonest?.code ?? 'unhealthyAfterUpgrade',
    message: `${prefix}${inWords(causes)}`,
    remedy,
    instances: failed.map(({ instanceId }) => instanceId),
    causes: causes.slice(0, MOST_CAUSES),
  };
}

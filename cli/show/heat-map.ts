import type { Instance } from '../api/shapes.ts';
import { legend, live } from '../messages/live.ts';
import { toneOf } from './live.ts';
import type { Span } from './spans.ts';
import { pad, plain } from './text.ts';

const BLOCKS: Readonly<Record<string, string>> = {
  pending: '□',
  upgrading: '▶',
  settling: '▷',
  succeeded: '■',
  failed: '✗',
  skipped: '-',
  quarantined: '!',
  rolledBack: '↺',
  gone: '×',
};

/** A block an instance, a row an update domain; a line below says what the blocks mean. */
export function heatMap(instances: readonly Instance[]): readonly (readonly Span[])[] {
  if (instances.length === 0) return [];
  const rows = [...Map.groupBy(instances, (instance) => rowOf(instance))].sort(([one], [other]) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
  const width = Math.max(...rows.map(([name]) => name.length));
  const phases = Object.keys(legend).filter((name) => instances.some(({ phase }) => phase === name));
  return [
    ...rows.map(([name, mine]) => [
      [`  ${pad(name, width)}  `] as const,
      ...mine.map(({ phase }) => [blockOf(phase), toneOf(phase ?? '')] as const),
    ]),
    [
      ['  '] as const,
      ...phases.flatMap((phase) => [
        [blockOf(phase), toneOf(phase)] as const,
        [` ${legend[phase]}   `, 'quiet'] as const,
      ]),
    ],
  ];
}

/** By update domain; sets without any are shown by zone, or by fault domain. */
function rowOf({ updateDomain, zone, faultDomain }: Instance): string {
  if (updateDomain !== null && updateDomain !== undefined)
    return live.updateDomain(plain(String(updateDomain)));
  if (zone) return live.zone(plain(zone));
  return faultDomain === null || faultDomain === undefined
    ? live.noDomain
    : live.faultDomain(String(faultDomain));
}

function blockOf(phase: string | null | undefined): string {
  return BLOCKS[phase ?? ''] ?? '?';
}

import { fieldOf, idsIn, shareIn, sharesIn } from './spec.ts';
import type { Spec } from './spec.ts';
import { idRanges } from './text.ts';

/** How a field of a spec is written in the form. */
export type FieldKind = 'text' | 'count' | 'ids' | 'list' | 'numbers' | 'flag' | 'json' | readonly string[];

export interface SpecField {
  readonly path: string;
  readonly name: string;
  readonly kind: FieldKind;
  readonly hint?: string;
}

export interface Fold {
  readonly title: string;
  readonly fields: readonly SpecField[];
}

const field = (path: string, name: string, kind: FieldKind, hint?: string): SpecField => ({
  path,
  name,
  kind,
  ...(hint !== undefined && { hint }),
});

/** All of a spec that stands not in the common part of the form, by what it is about. */
export const FOLDS: readonly Fold[] = [
  {
    title: 'More to change',
    fields: [
      field('change.image.publisher', 'Image publisher', 'text', 'with offer and SKU: another image'),
      field('change.image.offer', 'Image offer', 'text'),
      field('change.extensions', 'Extensions', 'json', '[{ "name": "app", "settings": {} }]'),
      field('change.osProfile', 'OS profile', 'json', '{ "customData": "…" }, takes a reimage'),
      field('change.set', 'Set', 'json', '{ "path.of.the.model": value }'),
      field('change.add', 'Add', 'json', '{ "path.of.a.list": value }'),
      field('change.remove', 'Remove', 'list', 'paths, with commas between them'),
      field('change.dataDisks', 'Data disks', 'json', '{ "attach": [], "detach": [] }'),
      field('change.action', 'Action instead of a change', [
        'upgrade',
        'reimage',
        'restart',
        'redeploy',
        'deallocate',
        'powerOff',
        'start',
        'protect',
        'delete',
      ]),
      field('change.capacity', 'Capacity', 'count'),
    ],
  },
  {
    title: 'More on which instances',
    fields: [
      field('targets.faultDomains', 'Fault domains', 'numbers', 'such as 0, 1'),
      field('targets.zones', 'Zones', 'list', 'such as 1, 2'),
      field('targets.exclude', 'Without', 'ids', 'such as 3, 7-9'),
      field('targets.deallocated', 'Deallocated ones', ['skip', 'upgradeCold', 'startFirst']),
    ],
  },
  {
    title: 'How carefully',
    fields: [
      field('strategy.pacing', 'Pacing', ['barrier', 'sliding']),
      field('strategy.order', 'Order', ['id', 'unhealthyFirst']),
      field('strategy.mostDisruptiveAllowed', 'At most', ['none', 'restart', 'reimage', 'deallocate']),
      field('strategy.acceptIrreversible', 'Accept what cannot be undone', 'flag'),
      field('acceptManaged', 'Even if another service manages the set', 'flag'),
    ],
  },
  {
    title: 'Health',
    fields: [
      field('health.requireSignal', 'Only with a health signal', 'flag'),
      field('health.stableSeconds', 'Healthy for, in seconds', 'count', '30'),
      field('health.timeoutSeconds', 'Healthy within, in seconds', 'count', '900'),
      field('health.operationTimeoutSeconds', 'Operation ends within, in seconds', 'count', '5400'),
      field('health.maxUnhealthyInstancePercent', 'Unhealthy before, at most per cent', 'count', '20'),
      field('health.maxUnhealthyUpgradedInstancePercent', 'Unhealthy after, at most per cent', 'count', '0'),
      field('health.fixForward', 'Start although more are unhealthy', 'flag'),
    ],
  },
  {
    title: 'Approvals',
    fields: [
      field('approvals.quorum', 'Approvals needed', 'count', '1'),
      field('approvals.allowRequester', 'Whoever starts it may approve', 'flag'),
      field('approvals.timeoutSeconds', 'Answer within, in seconds', 'count', '86400'),
      field('approvals.onTimeout', 'Without an answer', ['reject', 'approve']),
      field(
        'approvals.onDuty',
        'Only asked for while on duty',
        'json',
        '{ "open": [{ "cron": "…", "durationMinutes": 480 }] }',
      ),
    ],
  },
  {
    title: 'When',
    fields: [
      field('startAt', 'Start at', 'text', '2026-12-01T02:00:00Z'),
      field('startIn', 'Start in', ['window']),
      field('windows', 'Windows', 'json', '{ "open": [{ "cron": "0 2 * * 6", "durationMinutes": 240 }] }'),
      field('onBusy', 'While another rollout holds the set', ['refuse', 'queue', 'replace']),
      field('timeoutSeconds', 'Ends within, in seconds', 'count', '86400'),
      field('accessTimeoutSeconds', 'Wait for access, in seconds', 'count', '3600'),
      field('rollbackTimeoutSeconds', 'Rollback ends within, in seconds', 'count', '86400'),
    ],
  },
  {
    title: 'Ties and labels',
    fields: [
      field('labels', 'Labels', 'json', '{ "pipeline": "1234" }'),
      field('planHash', 'Only if the plan is', 'text', 'its hash'),
      field('rollbackOf', 'Undo rollout', 'text', 'its id, and no change beside it'),
      field('restoreGuardsOf', 'Restore the guards of rollout', 'text', 'its id'),
    ],
  },
];

/** What an input shows of a field: empty where the spec has none. */
export function shownOf(spec: Spec, { path, kind }: SpecField): string {
  const value = fieldOf(spec, path);
  if (value === undefined) return '';
  if (kind === 'json') return JSON.stringify(value, undefined, 2);
  if (kind === 'ids' && Array.isArray(value)) return idRanges(value.map(String));
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What somebody wrote into a field; `undefined` takes it out of the spec. Throws at JSON that is none. */
export function valueIn(text: string, kind: FieldKind): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  switch (kind) {
    case 'json':
      return JSON.parse(trimmed);
    case 'flag':
      return trimmed === 'true';
    case 'count':
      return shareIn(trimmed);
    case 'numbers':
      return sharesIn(trimmed);
    case 'ids':
      return idsIn(trimmed);
    case 'text':
      return trimmed;
    case 'list':
      return trimmed.split(/\s*,\s*/).filter(Boolean);
    default:
      // One of a few.
      return trimmed;
  }
}

/** How many fields of a fold the spec has. */
export function countSet(spec: Spec, { fields }: Fold): number {
  return fields.filter(({ path }) => fieldOf(spec, path) !== undefined).length;
}

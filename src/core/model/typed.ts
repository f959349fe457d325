import type { Json } from './model.ts';
import { isList, isObject } from './paths.ts';
import type { Step } from './paths.ts';

/** Properties of the model of 2026-04-01 that hold numbers; all their other values are booleans or text. */
export const NUMBERS: ReadonlySet<string> = new Set([
  'baseRegularPriorityCount',
  'capacity',
  'diskIopsReadOnly',
  'diskIopsReadWrite',
  'diskMBpsReadOnly',
  'diskMBpsReadWrite',
  'diskSizeGB',
  'idleTimeoutInMinutes',
  'keyIncarnationId',
  'logicalSectorSize',
  'lun',
  'maxBatchInstancePercent',
  'maxPrice',
  'maxShares',
  'maxUnhealthyInstancePercent',
  'maxUnhealthyUpgradedInstancePercent',
  'maxZoneCount',
  'order',
  'platformFaultDomainCount',
  'rank',
  'regularPriorityPercentageAboveBase',
  'vCPUsAvailable',
  'vCPUsPerCore',
  'value',
]);

/** Text beside which people write numbers: a shell's `sku=12` is one. */
const TEXTS: ReadonlySet<string> = new Set([
  'publisher',
  'offer',
  'sku',
  'version',
  'name',
  'adminUsername',
  'computerNamePrefix',
  'typeHandlerVersion',
  'networkApiVersion',
  'gracePeriod',
  'licenseType',
]);

/** What anybody puts in there is theirs. */
const OPAQUE: ReadonlySet<string> = new Set(['tags', 'settings', 'protectedSettings']);

/**
 * A value as the service types it. Shells give `True`, "64" and 12 where it has a boolean, a number and text; it takes
 * most of them, and shows its own, which would then seem to be something else.
 */
export function typedFor(steps: readonly Step[], value: Json): Json {
  const names = steps.flatMap((step) => (step.kind === 'name' ? [step.name] : []));
  return names.some((name) => OPAQUE.has(name)) ? value : typed(names.at(-1) ?? '', value);
}

function typed(name: string, value: Json): Json {
  if (OPAQUE.has(name)) return value;
  if (isList(value)) return value.map((item) => typed(name, item));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typed(key, item ?? null)]));
  }
  if (typeof value === 'number') return TEXTS.has(name) ? String(value) : value;
  if (typeof value !== 'string' || TEXTS.has(name)) return value;
  if (NUMBERS.has(name)) return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  // No text of the model is a word for a boolean.
  return /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
}

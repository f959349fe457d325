import { canonicalJson, fingerprint } from './canonical.ts';
import type { Json, Model } from './model.ts';
import { isList, isObject, parsePath } from './paths.ts';

/**
 * Fields that the service keeps for itself, wherever they stand: times, states, unique ids, what it resolves an
 * identity to (arm-vmss.md 2.3 and its corrections; readOnly in the Compute specification).
 */
const SERVICE_OWNED: ReadonlySet<string> = new Set([
  'timeCreated',
  'provisioningState',
  'uniqueId',
  'etag',
  'instanceView',
  'statuses',
  'statusesSummary',
  'vmId',
  'principalId',
  'clientId',
  'tenantId',
  'systemData',
]);

/** What the service shows where nobody has said anything; beside these, `false` and what is empty (arm-vmss.md 2.3). */
const DEFAULTS: Readonly<Record<string, Json>> = {
  repairAction: 'Replace',
  provisionVMAgent: true,
  allowExtensionOperations: true,
  enableAutomaticUpdates: true,
  requireGuestProvisionSignal: true,
  privateIPAddressVersion: 'IPv4',
  maxBatchInstancePercent: 20,
  maxUnhealthyInstancePercent: 20,
  maxUnhealthyUpgradedInstancePercent: 20,
  pauseTimeBetweenBatches: 'PT0S',
  securityType: 'Standard',
  licenseType: 'None',
  maxPrice: -1,
};

/** Booleans that somebody must have said, whichever they are: what stands for them is not the same everywhere. */
const ALWAYS_SAID: ReadonlySet<string> = new Set(['overprovision', 'singlePlacementGroup', 'enabled']);

/** Names of resources and images, and sizes: Azure tells none of them apart by letters (arm-vmss.md, corrections). */
const LETTERLESS: ReadonlySet<string> = new Set(['name', 'vmSize', 'publisher', 'offer', 'sku', 'version']);

/** What only an extension's author or a user understands is compared as it stands. */
const OPAQUE: ReadonlySet<string> = new Set(['settings', 'protectedSettings']);

const RESOURCE_ID = /^\/(?:subscriptions|providers|communityGalleries|sharedGalleries)\//i;

/** Whether a value says the same as another at this path, however the service writes it down. */
export function meansSame(path: string, a: Json, b: Json): boolean {
  const names = namesIn(path);
  return canonicalJson(meaningOf(a, names)) === canonicalJson(meaningOf(b, names));
}

/** As `meansSame`; what is not there also equals what the service fills in for it. */
export function meansSameOrDefault(path: string, a: Json, b: Json): boolean {
  return canonicalJson(saidAt(path, a)) === canonicalJson(saidAt(path, b));
}

/** Fingerprint of what a model says. */
export function meaningHash(model: Model): string {
  return fingerprint(said(meaningOf(model, []), []) ?? {});
}

/** What a value says at a path: without what the service owns or fills in, in letters of one kind. */
export function saidAt(path: string, value: Json): Json {
  const names = namesIn(path);
  return said(meaningOf(value, names), names) ?? null;
}

/** A value in letters of one kind, without what the service owns. */
export function meaningOf(value: Json, names: readonly string[]): Json {
  const name = names.at(-1) ?? '';
  if (names[0] === 'tags') return tagText(value);
  if (OPAQUE.has(name)) return value;
  if (typeof value === 'string') {
    return isLetterless(value, names) ? value.toLowerCase() : value;
  }
  if (isList(value)) return value.map((item) => meaningOf(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !SERVICE_OWNED.has(key))
      .map(([key, item]) => [
        RESOURCE_ID.test(key) ? key.toLowerCase() : key,
        meaningOf(item, [...names, key]),
      ]),
  );
}

/** A tag is text in Azure, whatever was written (azure-cli#25008). */
export function tagText(value: Json): Json {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, tagText(item)]));
}

function isLetterless(value: string, names: readonly string[]): boolean {
  return RESOURCE_ID.test(value) || LETTERLESS.has(names.at(-1) ?? '');
}

/** Without what means as much as nothing; a list keeps its items, for their number counts. */
export function said(value: Json, names: readonly string[]): Json | undefined {
  const name = names.at(-1) ?? '';
  if (names[0] === 'tags' || OPAQUE.has(name)) return value ?? undefined;
  if (value === null || value === '') return undefined;
  if (ALWAYS_SAID.has(name)) return value;
  if (Object.hasOwn(DEFAULTS, name)) return value === DEFAULTS[name] ? undefined : value;
  if (value === false) return undefined;
  if (isList(value)) return value.length === 0 ? undefined : value.map((item) => said(item, names) ?? {});
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    const inner = said(item, [...names, key]);
    return inner === undefined ? [] : [[key, inner]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function namesIn(path: string): readonly string[] {
  return (parsePath(path) ?? []).flatMap((step) => (step.kind === 'name' ? [step.name] : []));
}

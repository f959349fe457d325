import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOCUMENT } from '../lab/described.ts';
import { aRollout, SCALE_SET } from './rollouts.ts';
import { runAgainst } from './run.ts';
import { accepted } from './scripted-app.ts';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

/** What the API's description lets a spec hold: the path of each field that holds no others, and its values, if they are few. */
function leavesOf(
  schema: Schema,
  path = '',
): readonly (readonly [path: string, values: readonly unknown[]])[] {
  const named = schema.$ref?.split('/').at(-1);
  if (named !== undefined)
    return leavesOf((DOCUMENT.components.schemas as Record<string, Schema>)[named] ?? {}, path);
  if (schema.properties !== undefined)
    return Object.entries(schema.properties).flatMap(([name, field]) =>
      leavesOf(field, path === '' ? name : `${path}.${name}`),
    );
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])];
  const inner = parts.flatMap((part) => leavesOf(part, path));
  if (inner.some(([one]) => one !== path)) return inner;
  return [[path, [...(schema.enum ?? []), ...inner.flatMap(([, values]) => values)]]];
}

const folder = mkdtempSync(join(tmpdir(), 'spec-flags-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const EXTENSION = `--extension app=${file('app.json', '{"settings":{"a":1},"protectedSettings":{"b":2}}')}`;
const DISK = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d1';
const ID = '20261120-100000-0000a000';

/** The flag of each field, with a value; `…` stands for each of its few values. */
const FLAGS: Readonly<Record<string, string>> = {
  scaleSet: `--scale-set ${SCALE_SET}`,
  'change.image.version': '--image-version latest',
  'change.image.sku': '--image-sku server',
  'change.image.publisher': '--image-publisher Canonical --image-offer ubuntu --image-sku server',
  'change.image.offer': '--image-publisher Canonical --image-offer ubuntu --image-sku server',
  'change.image.id': '--image-id /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/i',
  'change.image.uri': '--image-uri https://x.example/a.vhd',
  'change.vmSize': '--vm-size Standard_D4s_v5',
  'change.extensions.name': EXTENSION,
  'change.extensions.settings': EXTENSION,
  'change.extensions.protectedSettings': EXTENSION,
  'change.extensions.forceUpdateTag': '--rerun-extension app=7',
  'change.osProfile.customData': `--custom-data ${file('custom-data', '#cloud-config')}`,
  'change.osProfile.adminUsername': '--admin-username ops',
  'change.osProfile.adminPassword': `--admin-password-file ${file('password', 'secret')}`,
  'change.set': '--set tags.a=b',
  'change.add': '--add list 1',
  'change.add.path': '--add list 1',
  'change.add.value': '--add list 1',
  'change.remove': '--remove tags.a',
  'change.force': '--force …',
  'change.dataDisks.attach.instance': `--attach-disk 3=${DISK}`,
  'change.dataDisks.attach.diskId': `--attach-disk 3=${DISK}`,
  'change.dataDisks.attach.lun': `--attach-disk 3=${DISK}@2`,
  'change.dataDisks.attach.caching': `--attach-disk 3=${DISK}@2,caching=…`,
  'change.dataDisks.attach.deleteOption': `--attach-disk 3=${DISK},caching=None,deleteOption=…`,
  'change.dataDisks.attach.writeAcceleratorEnabled': `--attach-disk 3=${DISK},writeAcceleratorEnabled=true`,
  'change.dataDisks.detach.instance': '--detach-disk 3@2',
  'change.dataDisks.detach.lun': '--detach-disk 3@2',
  'change.dataDisks.detach.diskId': `--detach-disk 3=${DISK}`,
  'targets.updateDomains': '--update-domain 0,2',
  'targets.faultDomains': '--fault-domain 1',
  'targets.zones': '--zone 1,3',
  'targets.instances': '--instance 0,3',
  'targets.percent': '--percent 20%',
  'targets.exclude': '--exclude 7',
  'targets.deallocated': '--deallocated …',
  'strategy.batchBy': '--batch-by …',
  'strategy.steps': '--steps 1,10%,100%',
  'strategy.canary': '--canary 1',
  'strategy.maxUnavailable': '--max-unavailable 20%',
  'strategy.pacing': '--pacing …',
  'strategy.order': '--order …',
  'strategy.mostDisruptiveAllowed': '--most-disruptive-allowed …',
  'strategy.acceptIrreversible': '--accept-irreversible',
  'health.requireSignal': '--require-signal',
  'health.stableSeconds': '--stable-seconds 10',
  'health.timeoutSeconds': '--health-timeout-seconds 600',
  'health.operationTimeoutSeconds': '--operation-timeout-seconds 600',
  'health.maxUnhealthyInstancePercent': '--max-unhealthy-instance-percent 30',
  'health.maxUnhealthyUpgradedInstancePercent': '--max-unhealthy-upgraded-instance-percent 30%',
  'health.fixForward': '--fix-forward',
  soakSeconds: '--soak-seconds 60',
  startAt: '--start-at 2026-12-05T22:00:00Z',
  'windows.timeZone': '--window "0 22 * * 6 for 240" --time-zone Europe/Berlin',
  'windows.open.cron': '--window "0 22 * * 6 for 240"',
  'windows.open.durationMinutes': '--window "0 22 * * 6 for 240"',
  'windows.closedOn': '--window "0 22 * * 6 for 240" --closed-on 2026-12-24/2027-01-02,2027-05-01',
  startIn: '--start-in window',
  'namedStrategy.name': '--named-strategy careful',
  'namedStrategy.version': '--named-strategy careful@3',
  onBusy: '--on-busy …',
  'approvals.before': '--approve-before …',
  'approvals.quorum': '--quorum 2',
  'approvals.allowRequester': '--no-requester-approval',
  'approvals.timeoutSeconds': '--approval-timeout-seconds 600',
  'approvals.onTimeout': '--on-approval-timeout …',
  onFailure: '--on-failure …',
  timeoutSeconds: '--timeout-seconds 7200',
  accessTimeoutSeconds: '--access-timeout-seconds 600',
  rollbackTimeoutSeconds: '--rollback-timeout-seconds 600',
  acceptManaged: '--accept-managed',
  planHash: '--plan-hash h1',
  rollbackOf: `--rollback-of ${ID}`,
  reason: '--reason because',
  labels: '--label pipeline=7',
};

const ON_DUTY = [
  'timeZone',
  'open.cron',
  'open.durationMinutes',
  'open.startDateTime',
  'open.duration',
  'open.recurEvery',
  'open.expirationDateTime',
  'closedOn',
];

/** What `start` takes in a file only, or another command says. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'change.action': 'a command of its own: scale-sets restart and so on',
  'change.capacity': 'a command of its own: scale-sets scale',
  ...Object.fromEntries(
    ON_DUTY.map((leaf) => [`approvals.onDuty.${leaf}`, 'a calendar that teams keep in a file']),
  ),
  restoreGuardsOf: 'a command of its own: doctor --restore',
  'windows.open.startDateTime':
    'of a maintenance configuration, which is JSON that is copied; --window says it by cron',
  'windows.open.duration': 'likewise',
  'windows.open.recurEvery': 'likewise',
  'windows.open.expirationDateTime': 'likewise',
};

const LEAVES = leavesOf({ $ref: '#/RolloutSpec' });

/** The value at a path; inside of a list the first one that has it. */
function at(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const inside = Array.isArray(value) ? value : [value];
  return inside
    .map((one) => at((one as Record<string, unknown> | undefined)?.[name], rest))
    .find((one) => one !== undefined);
}

async function sent(flags: string): Promise<unknown> {
  const words = (flags.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
  const set = words.includes('--scale-set') ? [] : ['--scale-set', SCALE_SET];
  const { requests, err } = await runAgainst({ 'POST /api/rollouts': [accepted(aRollout())] }, [
    'start',
    ...set,
    ...words,
  ]);
  expect(requests[0]?.line, `${flags}\n${err}`).toBe('POST /api/rollouts');
  return requests[0]?.body;
}

// Feature [For a bad night] A flag for each field of a spec (CLI)
//   shown by: each field of a spec > has a flag, or stands elsewhere
describe('each field of a spec', () => {
  it('has a flag, or stands elsewhere', () => {
    expect(LEAVES.length).toBeGreaterThan(70);
    const known = [...Object.keys(FLAGS), ...Object.keys(ELSEWHERE)];
    expect(known.toSorted()).toEqual([...new Set(LEAVES.map(([path]) => path))].toSorted());
  });

  it.each(LEAVES.filter(([path]) => path in FLAGS))(
    '%s is sent by its flag, with any of its values',
    async (path, values) => {
      const flags = FLAGS[path] ?? '';
      if (!flags.includes('…')) return expect(at(await sent(flags), path.split('.'))).toBeDefined();
      expect(values.length).toBeGreaterThan(1);
      for (const value of values)
        expect(at(await sent(flags.replace('…', String(value))), path.split('.'))).toBe(value);
    },
  );
});

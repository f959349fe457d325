import { expect, it } from 'vitest';
import { REAL_WAYS } from '../../local/simulator/ways.ts';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { expectSafe, writes } from '../lab/judge.ts';
import { NEW, SUBSCRIPTION, startLab, WEB } from '../lab/lab.ts';
import { pass, writeByHand } from '../lab/others.ts';

const PROFILE = 'virtualMachineProfile';
const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers`;
const WAYS = { changesWhileDeallocated: REAL_WAYS.changesWhileDeallocated };
const HEALTH = { stableSeconds: 1, timeoutSeconds: 900 };

/** Each instance, and what was done to it, in order. */
function done(log: readonly LogEntry[]): Readonly<Record<string, readonly string[]>> {
  const works = log.flatMap((entry) =>
    entry.kind === 'instance' && (entry.change === 'actionStarted' || entry.change === 'upgradeStarted')
      ? [[entry.instance, entry.work] as const]
      : [],
  );
  return Object.fromEntries(
    [...Map.groupBy(works, ([instance]) => instance)].map(([id, own]) => [id, own.map(([, work]) => work)]),
  );
}

const GROUP = `${PROVIDERS}/Microsoft.Compute/capacityReservationGroups/crg`;

// The cases 07, 08 and 09 of the trials, as they stand there.
const DEALLOCATED = [
  { what: 'encryption at host', set: { [`${PROFILE}.securityProfile.encryptionAtHost`]: true } },
  {
    what: 'a capacity reservation',
    set: { [`${PROFILE}.capacityReservation.capacityReservationGroup.id`]: GROUP },
  },
  { what: 'the disk controller', set: { [`${PROFILE}.storageProfile.diskControllerType`]: 'NVMe' } },
  {
    what: 'encryption at host, by its whole profile',
    set: { [`${PROFILE}.securityProfile`]: { encryptionAtHost: true } },
  },
  {
    what: 'encryption at host, in another spelling',
    set: { [`${PROFILE}.SecurityProfile.encryption_at_host`]: true },
    profile: { securityProfile: { encryptionAtHost: false } },
  },
  {
    what: 'a capacity reservation beside a setting',
    set: {
      [`${PROFILE}.capacityReservation.capacityReservationGroup`]: { id: GROUP },
      [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: true,
    },
  },
] as const;

// Feature [Change] Encryption at host, a capacity reservation and the disk controller take a deallocation (Issue 12, cases 07-09)
//   shown by: encryption at host is refused unless a deallocation is allowed, and then each instance is deallocated for it
it.each(DEALLOCATED)(
  '$what is refused unless a deallocation is allowed, and then each instance is deallocated for it',
  async ({ set, ...more }) => {
    await using lab = await startLab({
      count: 5,
      profile: WAYS,
      ...('profile' in more && { vmProfile: more.profile }),
    });
    const spec = { scaleSet: WEB, change: { set }, health: HEALTH };
    const refused = await lab.call('POST', '/plans', spec);
    expect([refused.status, refused.body.code]).toEqual([422, 'tooDisruptive']);
    expect(refused.body.remedy).toContain('"deallocate"');
    expect(writes(lab.log)).toEqual([]);

    const strategy = { mostDisruptiveAllowed: 'deallocate' };
    const planned = await lab.call('POST', '/plans', { ...spec, strategy });
    expect([planned.status, planned.body.class]).toEqual([200, 'deallocate']);
    expect((await lab.rollOut({ ...spec, strategy })).phase).toBe('succeeded');
    const works = done(lab.log);
    expect(Object.keys(works)).toHaveLength(5);
    for (const [instance, own] of Object.entries(works))
      expect([instance, own[0]]).toEqual([instance, 'deallocate']);
    expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(
      true,
    );
    expectSafe(lab, { floor: 4, mostDisruptions: 3 });
  },
);

// Feature [Change] Certificates come without a new disk (Issue 12, kind 1)
it('brings certificates to instances that go on running', async () => {
  await using lab = await startLab({ count: 5 });
  const certificate = { certificateUrl: 'https://vault.example/secrets/tls/1', certificateStore: 'My' };
  const vault = {
    sourceVault: { id: `${PROVIDERS}/Microsoft.KeyVault/vaults/v` },
    vaultCertificates: [certificate],
  };
  const spec = {
    scaleSet: WEB,
    change: { set: { [`${PROFILE}.osProfile.secrets`]: [vault] } },
    strategy: { mostDisruptiveAllowed: 'none' },
  };
  expect((await lab.call('POST', '/plans', spec)).body).toMatchObject({ class: 'none' });
  expect((await lab.rollOut(spec)).phase).toBe('succeeded');
  expect(new Set(Object.values(done(lab.log)).flat())).not.toContain('reimage');
  expect(lab.log.filter((entry) => entry.kind === 'instance' && entry.change === 'power')).toEqual([]);
});

// Feature [Change] A new size and an OS profile in one rollout: deallocated, upgraded, started, reimaged (Issue 12, kind 1)
it('gives a new disk to instances that were deallocated for a new size, where the OS profile changes as well', async () => {
  await using lab = await startLab({ count: 5 });
  const spec = {
    scaleSet: WEB,
    change: { vmSize: 'Standard_NV6', osProfile: { adminUsername: 'operator' } },
    strategy: { mostDisruptiveAllowed: 'deallocate' },
  };
  expect((await lab.rollOut(spec)).phase).toBe('succeeded');
  for (const own of Object.values(done(lab.log))) {
    expect(own[0]).toBe('deallocate');
    expect(own.at(-1)).toBe('reimage');
  }
  expectSafe(lab, { floor: 4, mostDisruptions: 4 });
});

const imageReference = { version: NEW };
const TO_NEW = { properties: { virtualMachineProfile: { storageProfile: { imageReference } } } };

// Feature [Change] `mostDisruptiveAllowed: none` spares instances that lag behind the model (Issue 12, kind 1)
it('does not reimage instances that lag where nothing may be done to them, although the model has nothing to change', async () => {
  await using lab = await startLab({ count: 5 });
  await writeByHand(lab, 'PATCH', TO_NEW);
  await pass(lab, 60);
  const before = writes(lab.log).length;
  const spec = { scaleSet: WEB, change: {}, strategy: { mostDisruptiveAllowed: 'none' } };
  const { status, body } = await lab.call('POST', '/plans', spec);
  expect([status, body.code]).toEqual([422, 'tooDisruptive']);
  expect(body.detail).toContain('instances 0, 1, 2, 3, 4');
  expect(await lab.rollOut(spec)).toMatchObject({ phase: 'refused', failure: { code: 'tooDisruptive' } });
  expect(writes(lab.log)).toHaveLength(before);

  const allowed = { ...spec, strategy: { mostDisruptiveAllowed: 'reimage' } };
  expect((await lab.call('POST', '/plans', allowed)).body).toMatchObject({ class: 'reimage', delta: [] });
  expect((await lab.rollOut(allowed)).phase).toBe('succeeded');
  expectSafe(lab, { floor: 4 });
});

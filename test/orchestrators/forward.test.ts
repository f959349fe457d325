import { expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import { START } from '../lab/names.ts';

// Feature [Selection] All instances of the set (Selection)
// Feature [Change] Platform image version (Change, B9)
// Feature [Batches] By update domain (Batches, D25)
it('brings every instance to the new image, a batch for each update domain', async () => {
  await using lab = await startLab();
  const rollout = await lab.rollOut({ reason: 'October image', labels: { pipeline: '7' } });
  expect(rollout).toMatchObject({
    phase: 'succeeded',
    reason: 'October image',
    labels: { pipeline: '7' },
    instances: { total: 15, upgraded: 15, failed: 0, pending: 0 },
  });
  expect(rollout.batches.map(({ name, phase }: { name: string; phase: string }) => [name, phase])).toEqual(
    [0, 1, 2, 3, 4].map((domain) => [`update domain ${domain}`, 'succeeded']),
  );
  expect(rollout).not.toHaveProperty('left');
  expectImages(lab, NEW);
  expectSafe(lab);
  expect(acceptedUpgrades(lab.log)).toEqual(
    [0, 1, 2, 3, 4].map((domain) => [0, 5, 10].map((id) => String(id + domain))),
  );
});

it.each([1, 2, 3, 4, 7, 20])('keeps the floor of a set of %i', async (count) => {
  await using lab = await startLab({ count });
  const maxUnavailable = count === 1 ? '100%' : undefined;
  const rollout = await lab.rollOut({ strategy: { maxUnavailable } });
  expect(rollout.phase).toBe('succeeded');
  expectImages(lab, NEW);
  const down = count === 1 ? 1 : Math.min(count - 1, Math.ceil(count / 5));
  expectSafe(lab, { floor: count - down });
});

// Feature [Batches] A domain larger than may be down is split (Batches)
it('splits a domain that is larger than may be down', async () => {
  await using lab = await startLab();
  const rollout = await lab.rollOut({ strategy: { maxUnavailable: 2 } });
  expect(rollout.batches).toHaveLength(10);
  expectSafe(lab, { floor: 13 });
  expectImages(lab, NEW);
});

// Feature [Change] `latest` is pinned to the exact version when planned (Change, new 12)
it('pins latest to the version that is newest when planned', async () => {
  await using lab = await startLab();
  const id = await lab.start({ change: { image: { version: 'latest' } } });
  await lab.until(id, 'upgrading');
  lab.sim.publishImage({ version: '22.04.202612120' });
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expect(modelImage(lab)).toBe(NEW);
  expectImages(lab, NEW);
});

// Feature [Change] Any property by `set` (Change, B12)
it('changes any property by set, without taking an instance down where Azure need not', async () => {
  await using lab = await startLab();
  const path = 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled';
  const rollout = await lab.rollOut({ change: { set: { [path]: true } }, health: { stableSeconds: 0 } });
  expect(rollout.phase).toBe('succeeded');
  const truth = lab.sim.scaleSet('web');
  expect(truth?.model).toMatchObject({
    properties: { virtualMachineProfile: { diagnosticsProfile: { bootDiagnostics: { enabled: true } } } },
  });
  expect(truth?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(true);
  expectImages(lab, OLD);
  expectSafe(lab, { floor: 15, mostDisruptions: 0 });
});

// Feature [Change] No change: every instance to the current model (Change, B16)
it('brings instances to the current model when no change is asked for', async () => {
  const patch = {
    properties: { virtualMachineProfile: { storageProfile: { imageReference: { version: NEW } } } },
  };
  await using lab = await startLab({ faults: [{ kind: 'foreignModel', atSeconds: 1, patch }] });
  await lab.host.advance(120_000);
  const rollout = await lab.rollOut({ change: {} });
  expect(rollout).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
  expectImages(lab, NEW);
  expectSafe(lab);
  expect(writes(lab.log).map(({ operation }) => operation)).not.toContain('patch');
});

// Feature [Change] Nothing to do is no error (Change)
it('ends at once where there is nothing to do', async () => {
  await using lab = await startLab();
  expect(await lab.rollOut({ change: { image: { version: OLD } } })).toMatchObject({
    phase: 'succeeded',
    noop: true,
  });
  expect(writes(lab.log)).toEqual([]);
});

// Feature [Selection] Protected instances are skipped and reported (Selection, A6)
it('leaves protected instances alone and says so', async () => {
  await using lab = await startLab({ protectedInstances: ['3'] });
  const id = await lab.start();
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  const plan = (await lab.call('GET', `/rollouts/${id}/plan`)).body;
  expect(plan.skipped).toEqual([{ instance: '3', reason: 'protected from scale-set actions' }]);
  expect(acceptedUpgrades(lab.log).flat()).not.toContain('3');
  expectSafe(lab);
});

// Feature [Pacing] A wait between batches: soak (F40)
it('soaks each batch and fails it when an instance goes bad meanwhile', async () => {
  await using lab = await startLab();
  // The instance stays sick, so that no rollback can end: it is given up early.
  const id = await lab.start({ soakSeconds: 1800, rollbackTimeoutSeconds: 1800 });
  await lab.until(id, 'soaking');
  lab.sim.inject({ kind: 'sickInstance', instances: ['5'] });
  const rollout = await lab.toEnd(id);
  expect(rollout).toMatchObject({ failure: { code: 'unhealthyAfterUpgrade', instances: ['5'] } });
  expect(acceptedUpgrades(lab.log)[0]).toEqual(['0', '5', '10']);
  expect(acceptedUpgrades(lab.log).flat()).not.toContain('1');
});

// Feature [Health] A short lapse while soaking is forgiven (Health)
it('forgives a short lapse while soaking', async () => {
  await using lab = await startLab();
  const id = await lab.start({ soakSeconds: 900 });
  await lab.until(id, 'soaking');
  const from = Math.ceil((lab.host.clock.now() - START.getTime()) / 1000);
  lab.sim.inject({
    kind: 'sickInstance',
    instances: ['5'],
    fromSeconds: from + 270,
    untilSeconds: from + 320,
  });
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);
});

it('does not end a soak while an instance does not serve', async () => {
  await using lab = await startLab();
  const id = await lab.start({ soakSeconds: 900, strategy: { maxUnavailable: 6 } });
  const { waitingFor } = await lab.until(id, 'soaking');
  const end = Date.parse(waitingFor.until);
  const seconds = Math.ceil((end - START.getTime()) / 1000);
  lab.sim.inject({
    kind: 'sickInstance',
    instances: ['5'],
    fromSeconds: seconds - 120,
    untilSeconds: seconds + 20,
  });
  await lab.until(id, (r) => r.batch === 1 && r.instances.upgrading > 0);
  const next = writes(lab.log).at(-1);
  expect(next?.instances).toEqual(['1', '6', '11']);
  expect(next?.time).toBeGreaterThan(end + 20_000);
});

it('goes on at resume with an instance that went bad while soaking', async () => {
  await using lab = await startLab();
  const id = await lab.start({ soakSeconds: 900, onFailure: 'pause', strategy: { maxUnavailable: 6 } });
  await lab.until(id, 'soaking');
  lab.sim.inject({ kind: 'sickInstance', instances: ['5'] });
  expect((await lab.until(id, 'paused')).failure).toMatchObject({ instances: ['5'] });
  await lab.send(id, 'resume');
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'halted', instances: { upgraded: 14, failed: 1 } });
});

it('goes on across generations of its workflow', async () => {
  await using lab = await startLab({ count: 24 });
  const id = await lab.start({ strategy: { maxUnavailable: 1 }, soakSeconds: 600 });
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab, { floor: 23 });
  // One generation after another: what is left of the history is the last one's.
  expect(lab.host.history(id).length).toBeLessThan(1000);
});

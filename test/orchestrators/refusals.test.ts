import { expect, it, test } from 'vitest';
import { REFUSALS } from '../../src/core/messages/refusals.ts';
import { writes } from '../lab/judge.ts';
import { isWrite, kept } from '../lab/kept.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { PLANNED, WRITTEN } from './refusal-cases.ts';
import type { RefusalCase } from './refusal-cases.ts';

/** By hand, from the API's contract. */
const CODES = [
  'scaleSetNotFound',
  'imageNotFound',
  'pathNotFound',
  'propertyNotChangeable',
  'tooDisruptive',
  'irreversibleChange',
  'unknownInstance',
  'unknownBatch',
  'notOnFlexible',
  'floorImpossible',
  'noHealthSignal',
  'tooManyUnhealthy',
  'nativeUpgradeRunning',
  'tooManyModels',
  'serviceFabricManaged',
  'scaleSetDeleting',
  'planChanged',
  'modelChangedSince',
  'guardsHeldSince',
  'rolloutNotFound',
  'instanceProtected',
  'diskInUse',
  'lunTaken',
  'noFreeLun',
  'refusedByAzure',
  'accessDenied',
  'managedByOther',
  'automaticOsUpgrade',
];

/** Shown where they are accepted or waited out: service/access.long.ts, service/settings.test.ts. */
const SHOWN_ELSEWHERE = ['accessDenied', 'managedByOther', 'automaticOsUpgrade'];

// Feature [Refusals and plans] No code without a case (done when)
it('has a case of every code, and the app has no other', () => {
  const shown = [...PLANNED, ...WRITTEN].map(({ code }) => code);
  expect(new Set([...shown, ...SHOWN_ELSEWHERE])).toEqual(new Set(CODES));
  expect(new Set(Object.values(REFUSALS).map(({ code }) => code))).toEqual(new Set(CODES));
});

async function prepared(refusal: RefusalCase): Promise<{ readonly opened: Lab; readonly spec: object }> {
  const lab = await startLab({ count: 5, ...refusal.set });
  const more = await refusal.prepare?.(lab);
  return {
    opened: lab,
    spec: { scaleSet: WEB, change: { image: { version: NEW } }, ...refusal.spec, ...more },
  };
}

function named(cases: readonly RefusalCase[]): [string, RefusalCase][] {
  return cases.map((refusal) => [`${refusal.code} when ${refusal.when}`, refusal]);
}

/** What ran, what was sent to Azure and what is held, since a moment. */
async function watch(lab: Lab) {
  const [sent, calls] = [writes(lab.log).length, lab.store.calls.length];
  const before = await kept(lab.store);
  return {
    writes: () => writes(lab.log).slice(sent),
    calls: () => lab.store.calls.slice(calls).filter((call) => isWrite(call)),
    async added(): Promise<ReadonlyMap<string, unknown>> {
      return new Map([...(await kept(lab.store))].filter(([name]) => !before.has(name)));
    },
  };
}

// Feature [Refusals and plans] `scaleSetNotFound` (done when)
//   shown by: plans no rollout: scaleSetNotFound when there is no such set
// Feature [Refusals and plans] `imageNotFound` (done when)
//   shown by: plans no rollout: imageNotFound when nobody published the version
// Feature [Refusals and plans] `pathNotFound` (done when)
//   shown by: plans no rollout: pathNotFound when the path leads nowhere
// Feature [Refusals and plans] `propertyNotChangeable`: zones are never taken away (done when)
//   shown by: plans no rollout: propertyNotChangeable when a zone is taken away
// Feature [Refusals and plans] `propertyNotChangeable`: publisher or offer alone (done when)
//   shown by: plans no rollout: propertyNotChangeable when only the publisher of the image changes
test.each(named(PLANNED))('plans no rollout: %s', async (_, refusal) => {
  const { opened, spec } = await prepared(refusal);
  await using lab = opened;
  const since = await watch(lab);
  const { status, headers, body } = await lab.call('POST', '/plans', spec);
  expect({ status, code: body.code }).toEqual({ status: 422, code: refusal.code });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body.detail).toMatch(/\w/);
  expect(body.remedy).toMatch(refusal.remedy);
  const paths = (body.errors ?? []).map(({ path }: Body) => path);
  expect(paths).toEqual(refusal.path === undefined ? [] : [refusal.path]);
  await lab.host.advance(600_000);
  expect(since.writes()).toEqual([]);
  // But that it was asked for.
  expect(since.calls().filter((call) => !call.includes('switches/tally-plans/'))).toEqual([]);
});

// Feature [Refusals and plans] `propertyNotChangeable`: a subnet of another network (done when)
//   shown by: begins no rollout: propertyNotChangeable when a subnet lies in another network
// Feature [Refusals and plans] `tooDisruptive` (done when)
//   shown by: begins no rollout: tooDisruptive when more is needed than is allowed
// Feature [Refusals and plans] `irreversibleChange` (done when)
//   shown by: begins no rollout: irreversibleChange when what was there cannot be read, and nobody accepts that
// Feature [Refusals and plans] `unknownInstance` (done when)
//   shown by: begins no rollout: unknownInstance when targets.instances names one that is not there
// Feature [Refusals and plans] `unknownBatch`: an approval before a batch that the plan does not have (Issue 12, kind 5)
//   shown by: begins no rollout: unknownBatch when an approval is asked for before [17] of five
// Feature [Refusals and plans] `notOnFlexible` (done when)
//   shown by: begins no rollout: notOnFlexible when the set has no update domains
// Feature [Refusals and plans] `floorImpossible` (done when)
//   shown by: begins no rollout: floorImpossible when the only instance would go down
// Feature [Refusals and plans] `noHealthSignal` (done when)
//   shown by: begins no rollout: noHealthSignal when a signal is asked for and nobody gives one
// Feature [Refusals and plans] `tooManyUnhealthy` (done when)
//   shown by: begins no rollout: tooManyUnhealthy when two of five are ill
// Feature [Refusals and plans] `nativeUpgradeRunning` (done when)
//   shown by: begins no rollout: nativeUpgradeRunning when Azure upgrades the set itself just now
// Feature [Refusals and plans] `serviceFabricManaged` (done when)
//   shown by: begins no rollout: serviceFabricManaged when the set belongs to a cluster
// Feature [Refusals and plans] `scaleSetDeleting` (done when)
//   shown by: begins no rollout: scaleSetDeleting when the set goes away just now
// Feature [Refusals and plans] `planChanged` (done when)
//   shown by: begins no rollout: planChanged when another plan was reviewed
// Feature [Refusals and plans] `modelChangedSince` (done when)
//   shown by: begins no rollout: modelChangedSince when somebody has written the same field since
// Feature [Refusals and plans] `rolloutNotFound` (done when)
//   shown by: begins no rollout: rolloutNotFound when there is none to undo
test.each(named(PLANNED))('begins no rollout: %s', async (_, refusal) => {
  const { opened, spec } = await prepared(refusal);
  await using lab = opened;
  const since = await watch(lab);
  const reply = await lab.call('POST', '/rollouts', spec);
  if (refusal.atOnce === true) {
    expect({ status: reply.status, code: reply.body.code }).toEqual({ status: 422, code: refusal.code });
    expect(since.calls().filter((call) => !call.includes('switches/tally-starts/'))).toEqual([]);
  } else {
    expect(reply.status).toBe(202);
    await expectRefused(lab, reply.body.id, refusal);
    await expectOnlyRefusal(since, reply.body.id);
    const events = (await lab.call('GET', `/rollouts/${reply.body.id}/events`)).body.value;
    expect(events.map(({ kind }: Body) => kind)).toEqual(['redirected', 'ended']);
  }
  expect(since.writes()).toEqual([]);
  await expectFree(lab, spec);
});

async function expectRefused(lab: Lab, id: string, { code, remedy }: RefusalCase): Promise<void> {
  const rollout = await lab.toEnd(id);
  expect(rollout).toMatchObject({
    phase: 'refused',
    failure: { code, message: expect.stringMatching(/\w/) },
  });
  expect(rollout.failure.remedy).toMatch(remedy);
  const { model, instances, heldGuards = [] } = rollout.left;
  expect({ model, heldGuards }).toEqual({ model: 'before', heldGuards: [] });
  expect([...instances.after, ...instances.unknown]).toEqual([]);
  expect(lab.host.diagnostics).toEqual([]);
}

/** The refused rollout’s own record, its line in the index and among those that are told of, its events, that it was asked for; and a lease that nobody holds. */
async function expectOnlyRefusal(since: Awaited<ReturnType<typeof watch>>, id: string): Promise<void> {
  for (const [name, value] of await since.added()) {
    const [table = '', partition, row] = name.split('/');
    // Also what earlier ones of the set have left, and which may be undone.
    if (/^(?:switches\/(?:tally-starts|missing-sets)|index\/sets)\//.test(name)) continue;
    expect(name).toMatch(/^(?:rollouts|index|events|leases|notices\/following)\//);
    if (table === 'leases') expect(value).not.toHaveProperty('rolloutId');
    else if (table === 'index' || table === 'notices') expect(row).toContain(id);
    else expect(partition).toBe(id);
  }
}

/** The scale set is nobody's: the next rollout gets it, whatever becomes of that. */
async function expectFree(lab: Lab, spec: object): Promise<void> {
  const { scaleSet } = { scaleSet: WEB, ...spec };
  expect((await lab.call('POST', '/rollouts', { scaleSet })).status).toBe(202);
}

// Feature [Refusals and plans] `tooManyModels`, with the guards given back (done when)
//   shown by: gives back what it held: tooManyModels when the instances hold on to as many models as there may be
// Feature [Refusals and plans] `refusedByAzure`, with the guards given back (done when)
//   shown by: gives back what it held: refusedByAzure when the service will not have the model
test.each(named(WRITTEN))('gives back what it held: %s', async (_, refusal) => {
  const { opened, spec } = await prepared(refusal);
  await using lab = opened;
  expect((await lab.call('POST', '/plans', spec)).status).toBe(200);
  const id = await lab.start(spec as Record<string, unknown>);
  await expectRefused(lab, id, refusal);
  const sent = writes(lab.log);
  expect(sent.map(({ operation }) => operation)).toEqual([
    'setOrchestrationServiceState',
    'patch',
    'setOrchestrationServiceState',
  ]);
  expect(sent.map(({ operationId }) => operationId !== undefined)).toEqual([true, false, true]);
  expect(sent[2]?.body).toMatchObject({ action: 'Resume' });
  const model = lab.sim.scaleSet('web')?.model;
  expect(model).toMatchObject({ properties: { upgradePolicy: { mode: 'Automatic' } } });
  expect(lab.log.filter((entry) => entry.kind === 'model' && entry.by === 'request')).toEqual([]);
  expect(lab.log.filter((entry) => entry.kind === 'instance' && entry.change === 'upgradeStarted')).toEqual(
    [],
  );
  await expectFree(lab, spec);
});

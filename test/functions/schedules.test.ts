import { describe, expect, it } from 'vitest';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { NEW, OLD, scaleSetId, startLab, WEB } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';
import {
  explained,
  HOUR,
  NAME,
  NEWER,
  patched,
  put,
  rollouts,
  scheduled,
  settle,
  survives,
  tick,
} from '../lab/schedules.ts';

const IMAGE_BESIDE = {
  change: { set: { 'virtualMachineProfile.storageProfile.imageReference.version': '1.0.0' } },
};
const PASSWORD_BESIDE = { change: { set: { 'virtualMachineProfile.osProfile.adminPassword': 'x' } } };

const BAD = { kind: 'badImage' as const, version: NEW };
describe('a schedule', () => {
  // Feature [Schedules] A timer finds a newer image and starts a rollout in the schedule's name (C22, N71)
  it('takes a newer image, once, in its own name', async () => {
    await using lab = await scheduled({ scaleSets: [WEB] });
    for (let hour = 0; hour < 5; hour += 1) {
      await tick(lab);
      await lab.host.advance(HOUR);
    }
    expect(await settle(lab)).toEqual(['succeeded']);
    const [only] = await rollouts(lab);
    expect(only).toMatchObject({ requestedBy: `schedule ${NAME}`, labels: { schedule: NAME } });
    expect(patched(lab)).toEqual([NEW]);
    expect(await explained(lab)).toMatchObject({ outcome: 'done', code: 'upToDate', version: NEW });
  });

  // Feature [Schedules] A scale set opts in by its tag vmss-rollout:schedule, in any letters of its name (issue 17)
  it('takes in sets that say so by their tag, and leaves others alone', async () => {
    const tags = { 'VMSS-Rollout:Schedule': NAME };
    const scaleSets = [
      { name: 'web', count: 2, tags },
      { name: 'api', count: 2, tags: { 'vmss-rollout:schedule': 'weekly' } },
      { name: 'db', count: 2 },
    ];
    await using lab = await scheduled({}, { scaleSets });
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded']);
    expect(['web', 'api', 'db'].map((name) => patched(lab, name))).toEqual([[NEW], [], []]);
  });

  // Feature [Schedules] An image that has failed is not tried again before a person releases it, on no set of the schedule (issue 17)
  it('tries no image again that has failed before a person releases it', async () => {
    const scaleSets = ['api', 'web'].map((name) => ({ name, count: 2 }));
    const schedule = { scaleSets: scaleSets.map(({ name }) => scaleSetId(name)), concurrency: 1 };
    await using lab = await scheduled(schedule, { scaleSets, faults: [BAD] });
    const day = async (): Promise<void> => {
      for (let hour = 0; hour < 3; hour += 1) {
        await tick(lab);
        await settle(lab);
        await lab.host.advance(HOUR);
      }
    };
    await day();
    expect(await settle(lab)).toEqual(['rolledBack']);
    expect(await explained(lab, 'api')).toMatchObject({ outcome: 'blocked', code: 'failed', version: NEW });
    expect(await explained(lab)).toMatchObject({ outcome: 'blocked', code: 'failedElsewhere', version: NEW });
    const release = { version: NEW, reason: 'the extension was at fault' };
    const path = `/schedules/${NAME}/release`;
    expect(await lab.call('POST', path, release)).toMatchObject({ status: 200, body: { value: [release] } });
    expect(await lab.call('POST', path, release)).toMatchObject({ status: 409 });
    await day();
    expect(await settle(lab)).toEqual(['rolledBack', 'rolledBack']);
    // A newer one is another image.
    lab.sim.publishImage({ version: NEWER });
    await day();
    expect((await settle(lab)).slice(2)).toEqual(['succeeded', 'succeeded']);
    expect(patched(lab)).toEqual([NEWER]);
  });

  // Feature [Schedules] Finds instances older than a model that says latest, which latestModelApplied does not show (issue 17)
  it('finds instances that are older than a model that says latest', async () => {
    const image = {
      publisher: 'Canonical',
      offer: '0001-com-ubuntu-server-jammy',
      sku: '22_04-lts-gen2',
      version: 'latest',
    };
    await using lab = await scheduled({ scaleSets: [WEB] }, { count: 3, image });
    expect(await explained(lab)).toMatchObject({ code: 'upToDate' });
    lab.sim.publishImage({ version: NEWER });
    expect(await explained(lab)).toMatchObject({
      outcome: 'start',
      version: NEWER,
      message: `takes ${NEWER}; its model says latest, its instances run ${NEW}`,
    });
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded']);
    expect(imagesNow(lab.log)).toEqual({ 0: NEWER, 1: NEWER, 2: NEWER });
  });

  // Feature [Schedules] Where Azure's own automatic OS upgrades are on, a schedule says so and stays out of the way (issue 17)
  it('stays out of the way of automatic OS upgrades', async () => {
    const upgradePolicy = {
      mode: 'Manual' as const,
      automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true },
    };
    await using lab = await scheduled({ scaleSets: [WEB] }, { count: 2, upgradePolicy });
    await tick(lab);
    expect(await rollouts(lab)).toEqual([]);
    expect(await explained(lab)).toMatchObject({ outcome: 'blocked', code: 'automaticOsUpgrade' });
  });

  // Feature [Schedules] A version is old enough a while after this app has seen it first (N72)
  it('takes a version when it is old enough, counted from when it was first seen', async () => {
    await using lab = await scheduled({ scaleSets: [WEB], leastAgeHours: 48 });
    await tick(lab);
    lab.sim.publishImage({ version: NEWER });
    for (let hour = 0; hour < 47; hour += 1) {
      await tick(lab);
      await lab.host.advance(HOUR);
    }
    expect(await explained(lab)).toMatchObject({ outcome: 'waits', code: 'tooYoung' });
    expect(await rollouts(lab)).toEqual([]);
    await lab.host.advance(HOUR);
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded']);
  });

  it.each<[what: string, schedule: object, versions: readonly string[]]>([
    ['the newest', {}, [NEWER]],
    ['the one before the newest', { channel: 'previous' }, [NEW]],
    ['none that is excluded', { exclude: [NEWER] }, [NEW]],
    ['none from the end of its range on', { below: NEWER }, [NEW]],
    ['none before its range', { from: '22.05.0' }, []],
  ])('takes %s', async (_, schedule, versions) => {
    await using lab = await startLab({ count: 2 });
    lab.sim.publishImage({ version: NEWER });
    await put(lab, { scaleSets: [WEB], ...schedule });
    await tick(lab);
    await settle(lab);
    expect(patched(lab)).toEqual(versions);
  });

  it('never goes back to an older version', async () => {
    const image = {
      publisher: 'Canonical',
      offer: '0001-com-ubuntu-server-jammy',
      sku: '22_04-lts-gen2',
      version: NEW,
    };
    await using lab = await scheduled({ scaleSets: [WEB], channel: 'previous' }, { count: 2, image });
    await tick(lab);
    expect(await explained(lab)).toMatchObject({ outcome: 'done', code: 'runsNewer', version: NEW });
    expect(await rollouts(lab)).toEqual([]);
  });

  // Feature [Schedules] A schedule may change more along with a version, and keeps no secrets (issue 17)
  it('changes more along with a version', async () => {
    const change = { vmSize: 'Standard_D4s_v5', set: { 'tags.release': '42' } };
    await using lab = await scheduled({ scaleSets: [WEB], change });
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded']);
    expect(patched(lab)).toEqual([NEW]);
    expect(lab.sim.scaleSet('web')?.model).toMatchObject({
      sku: { name: 'Standard_D4s_v5' },
      tags: { release: '42' },
    });
    expect(imagesNow(lab.log)).toEqual({ 0: NEW, 1: NEW, 2: NEW });
    // It comes with a version, and not by itself.
    await put(lab, { scaleSets: [WEB], change: { vmSize: 'Standard_D2s_v5' } }, 1);
    await tick(lab);
    expect(await rollouts(lab)).toHaveLength(1);
  });

  // Feature [Schedules] A set that another rollout holds waits its turn (issue 17)
  it('waits its turn where another rollout holds the set', async () => {
    await using lab = await scheduled({ scaleSets: [WEB] });
    const id = await lab.start({ change: { image: { version: OLD }, force: 'restart' } });
    await tick(lab);
    expect(await explained(lab)).toMatchObject({ outcome: 'waits', code: 'held', rolloutId: id });
    await lab.toEnd(id);
    await lab.host.advance(6 * 60_000);
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded', 'succeeded']);
    expect(patched(lab)).toEqual([NEW]);
  });

  it('starts no more at once than it may', async () => {
    const scaleSets = ['api', 'db', 'web'].map((name) => ({ name, count: 2 }));
    const schedule = { scaleSets: scaleSets.map(({ name }) => scaleSetId(name)), concurrency: 2 };
    await using lab = await scheduled(schedule, { scaleSets });
    const { body } = await lab.call('POST', `/schedules/${NAME}/run`);
    expect(body.scaleSets.map(({ code }: Body) => code)).toEqual(['start', 'start', 'concurrency']);
    await settle(lab);
    await lab.host.advance(6 * 60_000);
    await tick(lab);
    expect(await settle(lab)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  // Feature [Schedules] A schedule is stopped by whatever would stop a person: the policy, a set that is not there (issue 17)
  it('is under the policy like everybody', async () => {
    await using lab = await scheduled({ scaleSets: [WEB, scaleSetId('gone')] });
    const policy = { rules: [{ name: 'production', scopes: [WEB], leastSoakSeconds: 60 }] };
    await lab.call('PUT', '/policy', { policy }, { 'if-match': '"policy-0"' });
    const { body } = await lab.call('POST', `/schedules/${NAME}/run`);
    expect(body.scaleSets.map(({ code }: Body) => code)).toEqual(['missing', 'againstPolicy']);
    expect(await rollouts(lab)).toEqual([]);
  });
});

describe('the app', () => {
  // Feature [Schedules] The app may die between any two writes of a look: no version is rolled out twice, none is forgotten (issue 17)
  //   shown by: the app > may die at any write of a look: before call 1
  it.each(
    [1, 5, 9, 13, 17, 21].flatMap((call) => [
      [`before call ${call}`, 'before' as const, call] as const,
      [`after call ${call + 2}`, 'after' as const, call + 2] as const,
    ]),
  )('may die at any write of a look: %s', async (_, when, call) => {
    await survives(when, call);
  });

  it.each([17, 19, 20, 21])(
    'starts nothing again that has failed while it was dead: call %s',
    async (call) => {
      await survives('before', call, 'rolledBack');
    },
  );

  // Feature [Schedules] An app that was down for days makes up for what it has missed once (issue 17)
  it('makes up once for what it missed while it was down', async () => {
    await using lab = await scheduled({ scaleSets: [WEB], looks: { cron: '0 * * * *' } });
    await tick(lab);
    await settle(lab);
    await lab.host.advance(48 * HOUR);
    lab.sim.publishImage({ version: NEWER });
    const reads = (): number =>
      lab.log.filter((entry) => entry.kind === 'request' && entry.path.endsWith('/versions')).length;
    const before = reads();
    for (let minute = 0; minute < 10; minute += 1) {
      await tick(lab);
      await lab.host.advance(1000);
    }
    await settle(lab);
    // One by the schedule, one by the plan of its rollout.
    expect(reads() - before).toBe(2);
    expect(patched(lab)).toEqual([NEW, NEWER]);
  });
});

describe('setting a schedule', () => {
  // Feature [Schedules] A schedule is versioned: each with who wrote it and why, replaced only by whoever has read it (issue 17)
  it('takes the version that was read, and keeps every one', async () => {
    await using lab = await startLab({ count: 1 });
    expect(await put(lab, { channel: 'previous' })).toMatchObject({ status: 200 });
    expect(await put(lab, {})).toMatchObject({ status: 412, body: { code: 'scheduleMoved' } });
    expect(await put(lab, {}, 1)).toMatchObject({ status: 200 });
    const { headers, body } = await lab.call('GET', `/schedules/${NAME}`);
    expect(headers.get('etag')).toBe('"schedule-2"');
    expect(body).toMatchObject({ name: NAME, number: 2, by: 'ada', schedule: { channel: 'newest' } });
    expect(body.versions).toMatchObject([{ number: 1, schedule: { channel: 'previous' } }, { number: 2 }]);
    const other = await put(lab, {}, 0, 'weekly');
    expect(other.status).toBe(200);
    const list = await lab.call('GET', '/schedules');
    expect(list.body.value.map(({ name }: Body) => name)).toEqual(['monthly', 'weekly']);
  });

  // Feature [Schedules] Who sets, deletes, runs and releases stands in the audit before it is done (issue 17)
  it('stands in the audit, whoever is faster', async () => {
    await using lab = await scheduled({ scaleSets: [WEB] }, { count: 2, faults: [BAD] });
    expect(await put(lab, {})).toMatchObject({ status: 412 });
    await tick(lab);
    await settle(lab);
    const release = { version: NEW, reason: 'not the image' };
    await lab.call('POST', `/schedules/${NAME}/release`, release);
    await lab.call('POST', `/schedules/${NAME}/run`);
    const { body } = await lab.call('GET', '/audit?from=2026-11-21T00:00:00Z');
    const told = body.value.map(({ kind, by, message }: Body) => `${kind} ${by}: ${message}`);
    expect(told.filter((line: string) => /^(?:schedule|release)[A-Z]/.test(line))).toEqual([
      'scheduleIntended ada: about to replace version 0 of schedule monthly: test',
      'scheduleSet ada: version 1 of schedule monthly holds now',
      'scheduleIntended ada: about to replace version 0 of schedule monthly: test',
      'scheduleKept ada: schedule monthly stays: somebody else has replaced version 0 already',
      `releaseIntended ada: about to release ${NEW} in schedule monthly: not the image`,
      'scheduleRunIntended ada: about to let schedule monthly look now',
    ]);
  });

  it('is deleted, and knows afterwards what has failed', async () => {
    await using lab = await scheduled({ scaleSets: [WEB] }, { count: 2, faults: [BAD] });
    await tick(lab);
    expect(await settle(lab)).toEqual(['rolledBack']);
    const path = `/schedules/${NAME}`;
    expect(await lab.call('DELETE', path)).toMatchObject({ status: 428 });
    expect(await lab.call('DELETE', path, undefined, { 'if-match': '"schedule-1"' })).toMatchObject({
      status: 200,
    });
    expect(await lab.call('GET', path)).toMatchObject({ status: 404, body: { code: 'scheduleNotFound' } });
    expect(await put(lab, { scaleSets: [WEB] }, 2)).toMatchObject({ status: 200 });
    await tick(lab);
    expect(await explained(lab)).toMatchObject({ code: 'failed' });
  });

  it.each<[path: string, schedule: unknown]>([
    ['schedule.every', { every: 'day' }],
    ['schedule.looks.cron', { looks: { cron: '0 2 * *' } }],
    ['schedule.looks.timeZone', { looks: { cron: '0 2 * * *', timeZone: 'Mars/Phobos' } }],
    [
      'schedule.windows.open.0.recurEvery',
      {
        windows: {
          open: [{ startDateTime: '2026-12-05 22:00', duration: '03:55', recurEvery: 'Fortnight' }],
        },
      },
    ],
    [
      'schedule.windows.closedOn.0',
      { windows: { open: [{ cron: '0 2 * * *', durationMinutes: 60 }], closedOn: ['Christmas'] } },
    ],
    ['schedule.rollout.strategy.canary', { rollout: { strategy: { canary: 0 } } }],
    ['schedule.rollout.change', { rollout: { change: {} } }],
    ['schedule.change.image', { change: { image: { version: '1.0.0' } } }],
    ['schedule.change.set.virtualMachineProfile.storageProfile.imageReference.version', IMAGE_BESIDE],
    [
      'schedule.change.extensions.0.protectedSettings',
      { change: { extensions: [{ name: 'app', protectedSettings: { key: 'x' } }] } },
    ],
    ['schedule.change.set.virtualMachineProfile.osProfile.adminPassword', PASSWORD_BESIDE],
    ['schedule.rings', { rings: [{ name: 'a' }, { name: 'a' }] }],
  ])('is refused with what is wrong in it: %s', async (path, schedule) => {
    await using lab = await startLab({ count: 1 });
    expect(await put(lab, schedule)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  it('is refused under a name that is none', async () => {
    await using lab = await startLab({ count: 1 });
    expect(await put(lab, {}, 0, 'Monthly')).toMatchObject({ status: 400 });
  });
});

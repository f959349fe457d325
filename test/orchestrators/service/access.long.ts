import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { acceptedUpgradesPerInstance } from '../../../local/simulator/log/judge.ts';
import { expectImages, expectSafe, modelImage, policyOf, writes } from '../../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../../lab/lab.ts';
import type { Body } from '../../lab/lab.ts';

type Denial = Extract<FaultInput, { kind: 'accessDenied' }>;

const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };
const denied = (more: Omit<Denial, 'kind'>): Denial => ({ kind: 'accessDenied', ...more });

function tookSeconds({ createdAt, endedAt }: Body): number {
  return (Date.parse(endedAt) - Date.parse(createdAt)) / 1000;
}

/** Each place at which a rollout asks the service for something. */
const PLACES: readonly Omit<Denial, 'kind'>[] = [
  { operation: 'getScaleSet' },
  { operation: 'getScaleSet', nth: 3 },
  { operation: 'listInstances' },
  { operation: 'listInstances', nth: 3 },
  { operation: 'images' },
  { operation: 'latestRollingUpgrade' },
  { operation: 'patch' },
  { operation: 'manualupgrade' },
  { operation: 'manualupgrade', nth: 3 },
  { operation: 'poll', nth: 2 },
  { operation: 'poll', nth: 4 },
];

/** Every place once for the commonest reason, every other reason once: the sweep of places has the rest. */
const REFUSALS = [
  ...PLACES.map((place) => ({ ...place, why: 'missingRights' as const })),
  ...(['expiredToken', 'invalidToken', 'linkedAccess', 'denyAssignment'] as const).map((why) => ({
    operation: 'manualupgrade' as const,
    why,
  })),
];

describe('one refusal', () => {
  // Feature [Service behaviour that is expected] One 401 or 403 ends nothing: it is waited out (arm-vmss.md 3.4, issue 11)
  //   shown by: one refusal > missingRights at patch: the rollout goes on
  it.each(REFUSALS)('$why at $operation: the rollout goes on', async (refusal) => {
    await using lab = await startLab({ faults: [denied({ ...refusal, count: 2 })] });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expectImages(lab, NEW);
    expectSafe(lab);
  });
});

describe('in a rollback', () => {
  it.each(['patch', 'manualupgrade', 'listInstances', 'getScaleSet', 'poll'] as const)(
    'one refusal at %s ends it no more than in a rollout',
    async (operation) => {
      await using lab = await startLab({ faults: [BAD] });
      const id = await lab.start();
      await lab.until(id, 'rollingBack');
      lab.sim.inject(denied({ operation, why: 'expiredToken', count: 2 }));
      const rollout = await lab.toEnd(id);
      expect(rollout).toMatchObject({ phase: 'rolledBack', failure: { code: 'unhealthyAfterUpgrade' } });
      expectImages(lab, OLD);
      expectSafe(lab, { mostDisruptions: 2 });
    },
  );
});

describe('while access is denied', () => {
  // Feature [Service behaviour that is expected] Who is denied what shows, in the service's words (issue 11)
  //   shown by: while access is denied > of patch: the status says who is denied what
  it.each(['patch', 'manualupgrade', 'listInstances', 'getScaleSet'] as const)(
    'of %s: the status says who is denied what',
    async (operation) => {
      await using lab = await startLab();
      const id = await lab.start({ approvals: { before: [0] } });
      await lab.until(id, 'waiting');
      lab.sim.inject(denied({ operation, count: 'always' }));
      await lab.send(id, 'approve');
      const seen = await lab.until(id, (r) => r.waitingFor?.kind === 'access' && r.waitingFor.tries > 2);
      expect(seen.waitingFor.message).toContain('AuthorizationFailed');
      expect(seen.waitingFor.message).toContain("The client '00000000-0000-4000-8000-0000000000aa'");
      expect(seen.waitingFor.message).toContain('Microsoft.Compute/virtualMachineScaleSets');
      await lab.send(id, 'abort');
      const ended = await lab.toEnd(id);
      expect(ended.phase).toBe('cancelled');
      expect(tookSeconds(ended)).toBeLessThan(900);
      expectSafe(lab);
    },
  );

  it('in planning it is waited out, too', async () => {
    await using lab = await startLab({
      faults: [denied({ operation: 'getScaleSet', untilSeconds: 600, count: 'always' })],
    });
    const id = await lab.start();
    const seen = await lab.until(id, (r) => r.waitingFor?.kind === 'access' && r.waitingFor.tries > 1);
    expect(seen.phase).toBe('planning');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });

  // Feature [Service behaviour that is expected] /plans answers missing rights at once (contract)
  //   shown by: while access is denied > a plan is refused at once: missingRights at getScaleSet
  it.each([
    ['missingRights', 'getScaleSet'],
    ['expiredToken', 'listInstances'],
    ['invalidToken', 'latestRollingUpgrade'],
    ['denyAssignment', 'images'],
  ] as const)('a plan is refused at once: %s at %s', async (why, operation) => {
    await using lab = await startLab({ faults: [denied({ operation, why, count: 'always' })] });
    const body = { scaleSet: WEB, change: { image: { version: NEW } } };
    const { status, body: problem } = await lab.call('POST', '/plans', body);
    expect([status, problem.code]).toEqual([422, 'accessDenied']);
    expect(problem.remedy).not.toBe('');
  });
});

describe('access that stays denied', () => {
  // Feature [Service behaviour that is expected] After accessTimeoutSeconds: refused, halted or failed (contract)
  //   shown by: access that stays denied > before anything is written: refused, at patch
  it.each(['getScaleSet', 'patch', 'listInstances'] as const)(
    'before anything is written: refused, at %s',
    async (operation) => {
      await using lab = await startLab({ faults: [denied({ operation, count: 'always' })] });
      const rollout = await lab.rollOut({ accessTimeoutSeconds: 600, timeoutSeconds: 1500 });
      expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'accessDenied' } });
      expect(rollout.failure.message).toContain('AuthorizationFailed');
      expect(tookSeconds(rollout)).toBeGreaterThanOrEqual(600);
      expect(tookSeconds(rollout)).toBeLessThan(800);
      expectImages(lab, OLD);
      expect(modelImage(lab)).not.toBe(NEW);
    },
  );

  it('before anything is written the default is an hour', async () => {
    await using lab = await startLab({ faults: [denied({ operation: 'patch', count: 'always' })] });
    const rollout = await lab.rollOut();
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'accessDenied' } });
    expect(tookSeconds(rollout)).toBeGreaterThanOrEqual(3600);
    expect(tookSeconds(rollout)).toBeLessThan(3900);
  });

  it.each(['manualupgrade', 'listInstances', 'getScaleSet'] as const)(
    'on the way forward: halted, at %s',
    async (operation) => {
      await using lab = await startLab();
      const id = await lab.start({ accessTimeoutSeconds: 600, approvals: { before: [2] } });
      await lab.until(id, 'waiting');
      lab.sim.inject(denied({ operation, count: 'always' }));
      await lab.send(id, 'approve');
      const rollout = await lab.toEnd(id);
      expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'accessDenied' } });
      expect(rollout.left).toMatchObject({
        model: 'after',
        instances: { after: ['0', '1', '5', '6', '10', '11'] },
      });
      expectSafe(lab);
    },
  );

  it.each(['patch', 'manualupgrade', 'listInstances'] as const)(
    'on the way back: failed, at %s',
    async (operation) => {
      await using lab = await startLab({ faults: [BAD] });
      const id = await lab.start({ accessTimeoutSeconds: 600 });
      await lab.until(id, 'rollingBack');
      lab.sim.inject(denied({ operation, count: 'always' }));
      const rollout = await lab.toEnd(id);
      expect(rollout).toMatchObject({ phase: 'failed', failure: { code: 'accessDenied' } });
      expect(rollout.left.instances).toBeDefined();
      expectSafe(lab, { mostDisruptions: 2 });
    },
  );

  it('now and then is no access that stays denied', async () => {
    const faults = Array.from({ length: 5 }, (_, index) =>
      denied({ operation: 'manualupgrade', nth: 1 + 2 * index, count: 1 }),
    );
    await using lab = await startLab({ faults });
    expect((await lab.rollOut({ accessTimeoutSeconds: 30 })).phase).toBe('succeeded');
  });

  it('says everything is denied: an abort ends it all the same', async () => {
    await using lab = await startLab();
    const id = await lab.start();
    await lab.until(id, (r) => r.phase === 'upgrading' && r.waitingFor?.kind === 'operation');
    lab.sim.inject(denied({ count: 'always', why: 'invalidToken' }));
    await lab.until(id, (r) => r.waitingFor?.kind === 'access');
    await lab.send(id, 'abort');
    const ended = await lab.toEnd(id);
    expect(ended.phase).toBe('cancelled');
    expect(ended.left).toMatchObject({ model: 'after', instances: { unknown: ['0', '5', '10'] } });
    expectSafe(lab);
  });
});

describe('policies and locks', () => {
  // Feature [Service behaviour that is expected] A policy or a lock is a refusal, in its own words (arm-vmss.md 3.4, issue 11)
  //   shown by: policies and locks > refuse a model write: policy
  it.each([
    ['policy', 'RequestDisallowedByPolicy'],
    ['lock', 'ScopeLocked'],
  ] as const)('refuse a model write: %s', async (why, code) => {
    await using lab = await startLab({ faults: [denied({ operation: 'patch', why, count: 'always' })] });
    const rollout = await lab.rollOut();
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'refusedByAzure' } });
    expect(rollout.failure.message).toContain(code);
    expect(writes(lab.log).map(({ operation }) => operation)).toEqual(['patch']);
  });

  it.each(['policy', 'lock'] as const)('of our own guard say so: %s', async (why) => {
    await using lab = await startLab({
      upgradePolicy: { mode: 'Automatic' },
      faults: [denied({ operation: 'patch', why, count: 'always' })],
    });
    const rollout = await lab.rollOut();
    expect(rollout).toMatchObject({ phase: 'refused', failure: { code: 'refusedByAzure' } });
    expect(rollout.failure.message).toContain('upgrade policy');
    expect(rollout.failure.message).toContain('Manual');
    expect(policyOf(lab)).toBe('Automatic');
  });

  it('halt a rollout whose upgrade they deny', async () => {
    await using lab = await startLab({
      faults: [denied({ operation: 'manualupgrade', nth: 2, why: 'lock', count: 'always' })],
    });
    const rollout = await lab.rollOut();
    expect(rollout).toMatchObject({ phase: 'halted', failure: { code: 'refusedByAzure' } });
    expect(rollout.left).toMatchObject({ model: 'after', instances: { after: ['0', '5', '10'] } });
  });
});

/** Answers to a poll that tell nothing of the operation. */
const STRAYS: readonly (readonly [string, FaultInput])[] = [
  [
    'an unknown operation',
    { kind: 'strayOperationUrl', to: 'unknownOperation', operation: 'manualupgrade', nth: 2 },
  ],
  ['another host', { kind: 'strayOperationUrl', to: 'otherHost', operation: 'manualupgrade', nth: 2 }],
  ['401', denied({ operation: 'poll', why: 'expiredToken', nth: 4, count: 40 })],
  ['403', denied({ operation: 'poll', why: 'missingRights', nth: 4, count: 40 })],
  ['404', { kind: 'refused', operation: 'poll', status: 404, code: 'NotFound', nth: 4, count: 40 }],
];

describe.each(STRAYS)('an operation whose polls lead to %s', (_what, fault) => {
  // Feature [Service behaviour that is expected] An operation that cannot be followed is read back by its instances (issue 11)
  //   shown by: an operation whose polls lead to 404 > is followed by its instances and not sent again
  it('is followed by its instances and not sent again', async () => {
    await using lab = await startLab({ faults: [fault] });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expectImages(lab, NEW);
    expectSafe(lab);
    expect(Math.max(...Object.values(acceptedUpgradesPerInstance(lab.log)))).toBe(1);
  });

  it('is not sent again while it is slow', async () => {
    const slow: FaultInput = { kind: 'slowInstance', instances: ['6'], factor: 15 };
    await using lab = await startLab({ faults: [fault, slow] });
    const rollout = await lab.rollOut({ health: { timeoutSeconds: 3600 } });
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expectSafe(lab);
    expect(Math.max(...Object.values(acceptedUpgradesPerInstance(lab.log)))).toBe(1);
  });

  it('is not sent again while views lag', async () => {
    const lag: FaultInput = { kind: 'viewLag', lagSeconds: [90, 90] };
    await using lab = await startLab({ faults: [fault, lag] });
    const rollout = await lab.rollOut();
    expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
    expectSafe(lab);
    expect(Math.max(...Object.values(acceptedUpgradesPerInstance(lab.log)))).toBe(1);
  });

  it('that is slow is waited for before the way back', async () => {
    const slow: FaultInput = { kind: 'slowInstance', instances: ['6'], factor: 15 };
    await using lab = await startLab({ faults: [fault, slow] });
    const id = await lab.start();
    await lab.until(id, (r) => r.phase === 'upgrading' && r.batch === 1);
    await lab.host.advance(150_000);
    await lab.send(id, 'rollback');
    const rollout = await lab.toEnd(id);
    expect(rollout.phase).toBe('rolledBack');
    expectImages(lab, OLD);
    expectSafe(lab, { mostDisruptions: 2 });
  });
});

it('a model write whose polls lead nowhere is read back, and not sent again', async () => {
  for (const to of ['unknownOperation', 'otherHost', 'nowhere'] as const) {
    await using lab = await startLab({ faults: [{ kind: 'strayOperationUrl', to, operation: 'patch' }] });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expect(writes(lab.log).filter(({ operation }) => operation === 'patch')).toHaveLength(1);
  }
});

describe('503 with Retry-After', () => {
  const busy = (
    operation: 'getScaleSet' | 'listInstances' | 'manualupgrade' | 'patch' | 'poll',
  ): FaultInput => ({
    kind: 'serverError',
    operation,
    status: 503,
    retryAfterSeconds: 200,
    nth: 2,
  });

  // Feature [Service behaviour that is expected] 503 with Retry-After holds like 429 (issue 11)
  //   shown by: 503 with Retry-After > holds what it answers: getScaleSet
  it.each(['getScaleSet', 'listInstances', 'manualupgrade', 'poll'] as const)(
    'holds what it answers: %s',
    async (operation) => {
      await using lab = await startLab({ faults: [busy(operation)] });
      expect((await lab.rollOut()).phase).toBe('succeeded');
      expectSafe(lab);
      const all = lab.log.filter((entry) => entry.kind === 'request');
      const at = all.findIndex((entry) => entry.status === 503);
      const answered = all[at];
      const next = all
        .slice(at + 1)
        .find((entry) =>
          operation === 'manualupgrade' ? entry.method !== 'GET' : entry.operation === operation,
        );
      expect(((next?.time ?? 0) - (answered?.time ?? 0)) / 1000).toBeGreaterThanOrEqual(200);
    },
  );
});

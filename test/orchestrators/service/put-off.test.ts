import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { expectImages, expectSafe, writes } from '../../lab/judge.ts';
import { NEW, startLab, WEB } from '../../lab/lab.ts';
import type { Body, LabOptions } from '../../lab/lab.ts';

const MINUTE = 60;
const HOUR = 3600;
const took = ({ createdAt, endedAt }: Body): number => (Date.parse(endedAt) - Date.parse(createdAt)) / 1000;

describe('a 404 where there was none before', () => {
  // Feature [Service behaviour that is expected] A 404 of what was found before is waited out within a bound (design.md 4)
  //   shown by: a 404 where there was none before > ends nothing: getScaleSet in settling
  it.each([
    ['getScaleSet', 'applyingModel'],
    ['getScaleSet', 'settling'],
    ['listInstances', 'settling'],
    ['getScaleSet', 'rollingBack'],
  ] as const)('ends nothing: %s in %s', async (operation, phase) => {
    await using lab = await startLab();
    const id = await lab.start();
    await lab.until(id, phase === 'rollingBack' ? (r) => r.batch === 1 : phase);
    if (phase === 'rollingBack') await lab.send(id, 'rollback');
    lab.sim.inject({ kind: 'refused', operation, status: 404, code: 'ResourceNotFound', count: 3 });
    const seen = await lab.until(id, (r) => r.waitingFor?.kind === 'access');
    expect(seen.waitingFor.message).toContain('ResourceNotFound');
    const rollout = await lab.toEnd(id);
    expect(rollout.phase).toBe(phase === 'rollingBack' ? 'rolledBack' : 'succeeded');
    expectSafe(lab, { mostDisruptions: 2 });
  });

  it('and for good ends it within minutes', async () => {
    await using lab = await startLab();
    const id = await lab.start();
    await lab.until(id, 'settling');
    lab.sim.inject({ kind: 'refused', status: 404, code: 'ResourceNotFound', count: 'always' });
    const rollout = await lab.toEnd(id);
    expect([rollout.phase, rollout.failure.code]).toEqual(['halted', 'conflict']);
    expect(took(rollout)).toBeLessThan(HOUR);
  });
});

describe('a write that Azure puts off', () => {
  const always = 'always' as const;
  const busy = (operation: 'patch' | 'manualupgrade', status: number): FaultInput => {
    const code = status === 412 ? 'PreconditionFailed' : 'Conflict';
    return { kind: 'refused', operation, status, code, count: always };
  };

  // Feature [Service behaviour that is expected] A 409 or 412 that never ends: tried ever more seldom, then taken for a refusal (issue 11, kind 4)
  //   shown by: a write that Azure puts off > for ever ends the rollout: patch 409 is refused
  it.each([
    ['patch', 409, 'refused'],
    ['patch', 412, 'refused'],
    ['manualupgrade', 409, 'halted'],
  ] as const)('for ever ends the rollout: %s %i is %s', async (operation, status, phase) => {
    await using lab = await startLab({ count: 5, faults: [busy(operation, status)] });
    const rollout = await lab.rollOut({ health: { operationTimeoutSeconds: 30 * MINUTE } }, 2 * HOUR);
    expect([rollout.phase, rollout.failure.code]).toEqual([phase, 'refusedByAzure']);
    expect(took(rollout)).toBeGreaterThan(30 * MINUTE);
    expect(took(rollout)).toBeLessThan(HOUR);
    const sent = writes(lab.log).filter((entry) => entry.operation === operation);
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.length).toBeLessThan(40);
  });

  it('some times over is sent again, and the rollout goes on', async () => {
    const faults: FaultInput[] = [
      { ...busy('patch', 409), count: 4 } as FaultInput,
      { ...busy('manualupgrade', 409), nth: 3, count: 5 } as FaultInput,
    ];
    await using lab = await startLab({ count: 5, faults });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 4 });
  });
});

// Feature [Service behaviour that is expected] GET /scale-sets says accessDenied of a 403, in the service's words (issue 11, kind 4)
//   shown by: a scale set that the app may not read is accessDenied: /instances
it.each(['', '/instances'])('a scale set that the app may not read is accessDenied: %s', async (below) => {
  const options: LabOptions = {
    faults: [{ kind: 'accessDenied', operation: ['getScaleSet', 'listInstances'], count: 'always' }],
  };
  await using lab = await startLab(options);
  const [, , subscription, , group, , , , name] = WEB.split('/');
  const reply = await lab.call('GET', `/scale-sets/${subscription}/${group}/${name}${below}`);
  expect(reply.body.code).toBe('accessDenied');
  expect(reply.body.detail).toContain('AuthorizationFailed');
});

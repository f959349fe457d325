import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { bindPorts } from '../../lab/bound-app.ts';
import { expectImages, expectSafe } from '../../lab/judge.ts';
import { NEW, OLD, startLab } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';
import { START } from '../../lab/names.ts';

const DOWN: FaultInput = { kind: 'unreachable', fromSeconds: 0, untilSeconds: 900 };
const ANSWERS_503: FaultInput = { kind: 'serviceUnavailable', fromSeconds: 0, untilSeconds: 900 };
const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };

interface Moment {
  readonly phase: string;
  readonly when: (rollout: Body) => boolean;
  readonly spec?: Record<string, unknown>;
  readonly faults?: readonly FaultInput[];
  readonly ends: 'succeeded' | 'rolledBack';
}

const isIn = (phase: string) => (rollout: Body) => rollout.phase === phase;

/** Somewhere in each phase, with the wait that is usual there. */
const MOMENTS: readonly Moment[] = [
  { phase: 'applyingModel', when: isIn('applyingModel'), ends: 'succeeded' },
  { phase: 'upgrading', when: isIn('upgrading'), ends: 'succeeded' },
  { phase: 'settling', when: isIn('settling'), ends: 'succeeded' },
  { phase: 'soaking', when: isIn('soaking'), spec: { soakSeconds: 600 }, ends: 'succeeded' },
  {
    phase: 'upgrading',
    when: (r) => r.phase === 'upgrading' && r.batch === 2,
    spec: { strategy: { pacing: 'sliding', batchBy: 'count', steps: [1] } },
    ends: 'succeeded',
  },
  {
    phase: 'rollingBack',
    when: (r) => r.phase === 'rollingBack' && r.waitingFor?.kind === 'operation',
    faults: [BAD],
    ends: 'rolledBack',
  },
];

/** Thirty seconds in which nobody asks but the app itself. */
async function thirtySecondsOf(lab: Lab, fault: FaultInput): Promise<number> {
  const from = lab.host.clock.now();
  const seconds = (from - START.getTime()) / 1000;
  lab.sim.inject('untilSeconds' in fault ? { ...fault, untilSeconds: seconds + 900 } : fault);
  await lab.host.advance(30_000);
  return from;
}

describe.each([
  ['nothing gets through', DOWN, 'fetch failed'],
  ['503 is all that comes', ANSWERS_503, '503'],
] as const)('while %s', (_what, fault, words) => {
  // Feature [Service behaviour that is expected] An outage shows within 30 seconds in every phase (design.md 7)
  //   shown by: while nothing gets through > it shows within 30 s in upgrading (1)
  it.each(MOMENTS.map((moment, at) => ({ ...moment, at })))(
    'it shows within 30 s in $phase ($at)',
    async ({ phase, when, spec = {}, faults = [], ends }) => {
      await using lab = await startLab({ faults });
      const id = await lab.start(spec);
      await lab.until(id, when);
      const from = await thirtySecondsOf(lab, fault);
      const seen = await lab.get(id);
      expect([seen.phase, seen.waitingFor.kind]).toEqual([phase, 'unreachable']);
      expect(seen.waitingFor.tries).toBeGreaterThanOrEqual(1);
      expect(seen.waitingFor.message).toContain(words);
      expect(seen.next).toContainEqual({ command: 'abort' });
      const late = (Date.parse(seen.waitingFor.since) - from) / 1000;
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(30);

      await lab.host.advance(120_000);
      const later = await lab.get(id);
      expect(later.waitingFor).toMatchObject({ kind: 'unreachable', since: expect.any(String) });
      expect(later.waitingFor.tries).toBeGreaterThan(seen.waitingFor.tries);

      expect((await lab.toEnd(id)).phase).toBe(ends);
      expectImages(lab, ends === 'succeeded' ? NEW : OLD);
      expectSafe(lab, { mostDisruptions: ends === 'succeeded' ? 1 : 2 });
    },
  );

  it('it shows in planning, with the tries so far', async () => {
    await using lab = await startLab({ faults: [fault] });
    const id = await lab.start();
    await lab.host.advance(30_000);
    const seen = await lab.get(id);
    expect(seen).toMatchObject({ phase: 'planning', waitingFor: { kind: 'unreachable' } });
    // At once, and fifteen seconds later.
    expect(seen.waitingFor.tries).toBe(2);
    expect(seen.waitingFor.message).toContain(words);
    await lab.host.advance(900_000);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });
});

/** Only a part of the service does not answer. */
describe.each<[string, FaultInput, (rollout: Body) => boolean]>([
  ['polls', { kind: 'serverError', operation: 'poll', status: 503, count: 20 }, isIn('upgrading')],
  ['lists', { kind: 'serverError', operation: 'listInstances', status: 500, count: 8 }, isIn('settling')],
  ['lists, for a proxy', { kind: 'garbledAnswer', operation: 'listInstances', count: 8 }, isIn('settling')],
  [
    'looks at the set',
    { kind: 'serverError', operation: 'getScaleSet', status: 502, count: 8 },
    isIn('settling'),
  ],
])('while %s have no answer', (_what, fault, when) => {
  it('that shows, and the rollout goes on when they have', async () => {
    await using lab = await startLab();
    const id = await lab.start();
    await lab.until(id, when);
    lab.sim.inject(fault);
    const seen = await lab.until(id, (r) => r.waitingFor?.kind === 'unreachable' && r.waitingFor.tries > 2);
    expect(seen.waitingFor.message).toMatch(/5\d\d/);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab);
  });
});

it('whoever waits for people is told of them, not of Azure', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: [1] } });
  await lab.until(id, 'waiting');
  await thirtySecondsOf(lab, DOWN);
  expect((await lab.get(id)).waitingFor.kind).toBe('approval');
});

it('many who look cost the service one look in twenty seconds', async () => {
  await using lab = await startLab();
  const id = await lab.start({ soakSeconds: 600 });
  await lab.until(id, 'soaking');
  await lab.host.advance(25_000);
  const before = lab.log.length;
  const seen = await Promise.all(Array.from({ length: 10 }, async () => lab.get(id)));
  expect(new Set(seen.map(({ waitingFor }) => waitingFor.kind))).toEqual(new Set(['soak']));
  await lab.host.advance(10_000);
  await lab.get(id);
  expect(lab.log.length - before).toBe(1);
});

it('whoever looks does not wait for a service that swallows requests', async () => {
  await using lab = await startLab();
  const id = await lab.start({ soakSeconds: 600 });
  await lab.until(id, 'soaking');
  await lab.host.advance(25_000);
  const silent = { ...lab.ports.compute, scaleSet: async () => new Promise<never>(() => undefined) };
  bindPorts({ ...lab.ports, compute: silent });
  const seen = await lab.get(id);
  expect(seen.waitingFor).toMatchObject({ kind: 'unreachable', tries: 1 });
  expect(seen.waitingFor.message).toContain('no answer in time');
});

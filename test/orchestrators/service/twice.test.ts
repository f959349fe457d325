import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import type { LogEntry } from '../../../local/simulator/log/entries.ts';
import { expectImages, expectSafe, writes } from '../../lab/judge.ts';
import { NEW, startLab } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';

const always = 'always' as const;

/** How often each instance was named in a write of this kind that was accepted, by the simulator's word. */
function acceptedOn(log: readonly LogEntry[], operation: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of writes(log)) {
    if (entry.operation !== operation || entry.operationId === undefined) continue;
    for (const id of entry.instances ?? []) counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

const once = (ids: number) => Object.fromEntries(Array.from({ length: ids }, (_, id) => [String(id), 1]));

/** The rollout at its end; fails where the app asks on and on and no time passes. */
async function endedSoon(lab: Lab, id: string): Promise<Body> {
  return lab.until(id, ({ endedAt }) => {
    expect(lab.store.calls.length).toBeLessThan(5000);
    return endedAt !== null;
  });
}

async function restartAll(lab: Lab): Promise<void> {
  const rollout = await lab.rollOut({ change: { force: 'restart' } });
  expect([rollout.phase, rollout.failure]).toEqual(['succeeded', undefined]);
  expect(acceptedOn(lab.log, 'restart')).toEqual(once(15));
  expectSafe(lab);
}

describe('a restart that nothing but time proves is sent once', () => {
  // Feature [Service behaviour that is expected] Slow lists beside a lost answer: nothing is sent twice (reported: a list of 70 s and a lost answer)
  //   shown by: a restart that nothing but time proves is sent once > with lists of 70 s and a lost answer
  it.each<[string, FaultInput[]]>([
    [
      'with lists of 70 s and a lost answer',
      [
        { kind: 'slowAnswer', operation: 'listInstances', seconds: 70, count: always },
        { kind: 'lostAnswer', operation: 'restart', nth: 2 },
      ],
    ],
    [
      'with lists of 25 s and two lost answers',
      [
        { kind: 'slowAnswer', operation: 'listInstances', seconds: 25, count: always },
        { kind: 'lostAnswer', operation: 'restart', nth: 1 },
        { kind: 'lostAnswer', operation: 'restart', nth: 3, status: 503 },
      ],
    ],
    [
      'with views that lag for 29 s and a lost answer',
      [
        { kind: 'viewLag', lagSeconds: [28, 29] },
        { kind: 'lostAnswer', operation: 'restart', nth: 2 },
      ],
    ],
    [
      'with an answer that takes 28 s, longer than the restart itself',
      [{ kind: 'slowAnswer', operation: 'restart', seconds: 28, count: always }],
    ],
    [
      'with a slow answer that is lost, and views that lag',
      [
        { kind: 'viewLag', lagSeconds: [28, 29] },
        { kind: 'slowAnswer', operation: 'restart', seconds: 29, nth: 2 },
        { kind: 'lostAnswer', operation: 'restart', nth: 2 },
      ],
    ],
    [
      'with a slow look at the set and an answer that is lost',
      [
        { kind: 'slowAnswer', operation: 'getScaleSet', seconds: 29, count: always },
        { kind: 'lostAnswer', operation: 'restart', nth: 2 },
      ],
    ],
  ])('%s', async (_, faults) => {
    await using lab = await startLab({ faults });
    await restartAll(lab);
  });

  it('with a lost answer and a service that begins late', async () => {
    const faults: FaultInput[] = [{ kind: 'lostAnswer', operation: 'restart', count: 3 }];
    await using lab = await startLab({ faults, profile: { timing: { begin: [15, 20] } } });
    await restartAll(lab);
  });
});

describe('an upgrade is sent once', () => {
  it.each([25, 70])('with lists of %i s and every answer lost', async (seconds) => {
    const faults: FaultInput[] = [
      { kind: 'slowAnswer', operation: 'listInstances', seconds, count: always },
      { kind: 'lostAnswer', operation: 'manualupgrade', count: always },
    ];
    await using lab = await startLab({ faults });
    expect((await lab.rollOut()).phase).toBe('succeeded');
    expect(acceptedOn(lab.log, 'manualupgrade')).toEqual(once(15));
    expectImages(lab, NEW);
    expectSafe(lab);
  });

  // Seconds to upgrade, where it takes minutes to be sure that a write is lost: a local platform at a time scale.
  const QUICK = { mean: 1, deviation: 0.1 };
  const timing = {
    imageReplacement: QUICK,
    stop: QUICK,
    start: QUICK,
    agent: QUICK,
    health: QUICK,
    fresh: [0, 1] as const,
  };
  const health = { stableSeconds: 1 };
  const lostAfterAMinute: FaultInput[] = [
    { kind: 'slowAnswer', operation: 'manualupgrade', seconds: 60, nth: 1 },
    { kind: 'lostAnswer', operation: 'manualupgrade', nth: 1 },
  ];

  it('with an answer lost that its instances give before it could be given up', async () => {
    const faults: FaultInput[] = [...lostAfterAMinute];
    await using lab = await startLab({ faults, profile: { timing }, pace: { requestTimeoutSeconds: 140 } });
    const { phase } = await endedSoon(lab, await lab.start({ health }));
    expect(phase).toBe('succeeded');
    expect(acceptedOn(lab.log, 'manualupgrade')).toEqual(once(15));
  });

  it('with an answer lost and its instances gone', async () => {
    const faults: FaultInput[] = [
      ...lostAfterAMinute,
      { kind: 'eviction', instances: ['0', '5', '10'], policy: 'Delete', atSeconds: 70 },
    ];
    await using lab = await startLab({ faults, profile: { timing }, pace: { requestTimeoutSeconds: 140 } });
    const { phase } = await endedSoon(lab, await lab.start({ health }));
    expect(phase).toBe('succeeded');
    expect(Object.values(acceptedOn(lab.log, 'manualupgrade')).every((count) => count === 1)).toBe(true);
  });
});

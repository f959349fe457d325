import { expect, it } from 'vitest';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

const HOUR = 3600_000;

const freeze = (lab: Lab, reason = 'incident 42') => lab.call('POST', '/freeze', { reason });
const lift = (lab: Lab, reason = 'it is over') => lab.call('DELETE', '/freeze', { reason });

interface Case {
  readonly phase: string;
  readonly shown: string;
  readonly spec?: Record<string, unknown>;
  readonly options?: LabOptions;
  readonly end: string;
  readonly image: string;
}

const BAD: LabOptions = { faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }] };

const CASES: readonly Case[] = [
  { phase: 'accepted', shown: 'waiting', end: 'succeeded', image: NEW },
  { phase: 'applyingModel', shown: 'waiting', end: 'succeeded', image: NEW },
  { phase: 'upgrading', shown: 'waiting', end: 'succeeded', image: NEW },
  { phase: 'soaking', shown: 'waiting', spec: { soakSeconds: 900 }, end: 'succeeded', image: NEW },
  {
    phase: 'upgrading',
    shown: 'waiting',
    spec: { strategy: { pacing: 'sliding' } },
    end: 'succeeded',
    image: NEW,
  },
  { phase: 'rollingBack', shown: 'rollingBack', options: BAD, end: 'rolledBack', image: OLD },
];

// Feature [Control] A freeze stops every write everywhere at once, and its time counts against no deadline (S35)
//   shown by: sends nothing while frozen in upgrading ($#), and goes on when it is lifted
it.each(CASES)(
  'sends nothing while frozen in $phase ($#), and goes on when it is lifted',
  async ({ phase, shown, spec, options, end, image }) => {
    await using lab = await startLab(options);
    const id = await lab.start({ timeoutSeconds: 7200, rollbackTimeoutSeconds: 7200, ...spec });
    await lab.until(id, phase);
    expect(await freeze(lab)).toMatchObject({ status: 200, body: { frozen: true, reason: 'incident 42' } });
    const sent = writes(lab.log).length;
    await lab.host.advance(3 * HOUR);
    expect(writes(lab.log)).toHaveLength(sent);
    expect(await lab.get(id)).toMatchObject({
      phase: shown,
      waitingFor: {
        kind: 'freeze',
        message: expect.stringMatching(/^.+ has frozen all writes: incident 42$/),
      },
    });
    expect(await lift(lab)).toMatchObject({ status: 200, body: { frozen: false } });
    expect((await lab.toEnd(id)).phase).toBe(end);
    expectImages(lab, image);
    expectSafe(lab, options === undefined ? {} : { floor: 9, mostDisruptions: 2 });
  },
);

it('holds back what an abort would still write, and what restores guards, until it is lifted or aborted once more', async () => {
  await using lab = await startLab({
    properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M' } },
  });
  const id = await lab.start();
  await lab.until(id, 'upgrading');
  await freeze(lab);
  const sent = writes(lab.log).length;
  await lab.send(id, 'abort');
  await lab.host.advance(HOUR);
  expect(await lab.get(id)).not.toMatchObject({ phase: 'cancelled' });
  await lab.send(id, 'abort');
  const ended = await lab.toEnd(id);
  expect(ended).toMatchObject({ phase: 'cancelled', left: { heldGuards: [{ guard: 'automaticRepairs' }] } });
  expect(writes(lab.log)).toHaveLength(sent);
});

// Feature [Control] Who froze, lifted and why is kept for ever (S35)
it('keeps who froze and lifted, and why', async () => {
  await using lab = await startLab();
  expect(await lab.call('GET', '/freeze')).toMatchObject({ status: 200, body: { frozen: false, acts: [] } });
  await freeze(lab, 'first');
  expect((await freeze(lab, 'second')).body).toMatchObject({ frozen: true, reason: 'first' });
  await lift(lab, 'over');
  await lift(lab, 'over again');
  const { body } = await lab.call('GET', '/freeze');
  expect(body).toMatchObject({
    frozen: false,
    acts: [
      { sequence: 1, kind: 'freeze', reason: 'first' },
      { sequence: 2, kind: 'lift', reason: 'over' },
    ],
  });
  expect(body.acts.every(({ by }: { by: string }) => by.startsWith('ada'))).toBe(true);
});

it.each(['POST', 'DELETE'])('takes no %s without a reason', async (method) => {
  await using lab = await startLab();
  expect(await lab.call(method, '/freeze', {})).toMatchObject({
    status: 400,
    body: { code: 'invalidSpec', errors: [{ path: 'reason' }] },
  });
});

it('freezes once, of many who ask at the same time', async () => {
  await using lab = await startLab();
  const replies = await Promise.all(['a', 'b', 'c', 'd'].map((reason) => freeze(lab, reason)));
  expect(new Set(replies.map(({ body }) => body.reason)).size).toBe(1);
  expect((await lab.call('GET', '/freeze')).body.acts).toHaveLength(1);
});

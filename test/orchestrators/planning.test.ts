import { expect, it } from 'vitest';
import { expectSafe, writes } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';

const DOWN = { kind: 'unreachable' as const, fromSeconds: 0, untilSeconds: 86_000 };

it.each([
  ['rollback', 'rolledBack'],
  ['abort', 'cancelled'],
])('ends by %s although there is no plan yet', async (command, phase) => {
  await using lab = await startLab({ count: 5, faults: [DOWN] });
  const id = await lab.start();
  await lab.host.advance(60_000);
  expect((await lab.send(id, command)).status).toBe(202);
  await lab.host.advance(300_000);
  expect((await lab.get(id)).phase).toBe(phase);
  expect(writes(lab.log)).toEqual([]);
  expect(lab.host.diagnostics).toEqual([]);
});

it('reads no earlier than it was asked to, whatever is sent to it meanwhile', async () => {
  await using lab = await startLab({
    count: 5,
    faults: [{ kind: 'throttle', operation: 'getScaleSet', retryAfterSeconds: 200 }],
  });
  const id = await lab.start();
  await lab.until(id, 'planning');
  for (const command of ['pause', 'resume', 'pause', 'resume']) {
    await lab.host.advance(20_000);
    await lab.send(id, command);
  }
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  const reads = lab.log.filter((entry) => entry.kind === 'request' && entry.operation === 'getScaleSet');
  const [first, second] = reads.map(({ time }) => time);
  expect(((second ?? 0) - (first ?? 0)) / 1000).toBeGreaterThanOrEqual(200);
});

it('sends large batches in calls of as many ids as a call may hold, one after the other', async () => {
  await using lab = await startLab({ count: 15, pace: { maxInstanceIds: 2 } });
  expect((await lab.rollOut()).phase).toBe('succeeded');
  const sizes = writes(lab.log).flatMap(({ instances }) =>
    instances === undefined ? [] : [instances.length],
  );
  expect(Math.max(...sizes)).toBe(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(15);
  expectSafe(lab);
  expect(new Set(lab.sim.scaleSet('web')?.instances.map(({ image }) => image))).toEqual(new Set([NEW]));
});

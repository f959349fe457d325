import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { acceptedUpgrades, expectImages, expectSafe, modelImage, writes } from '../lab/judge.ts';
import { OLD, startLab } from '../lab/lab.ts';

const FOR_EVER = 400_000;
const HOUR = 3600;

interface Trouble {
  readonly what: string;
  readonly fault: FaultInput;
  /** What the status says that it waits for meanwhile. */
  readonly kind: string;
  /** Something of ours is under way meanwhile: its end is waited for, as long as an operation may take. */
  readonly drains?: true;
}

/** All of them begin once the first batch is done, and never end. */
const TROUBLES: readonly Trouble[] = [
  {
    what: 'too few serve',
    fault: { kind: 'sickInstance', instances: ['12', '13', '14'] },
    kind: 'floor',
  },
  {
    what: 'Azure cannot be reached',
    fault: { kind: 'unreachable', fromSeconds: 0, untilSeconds: FOR_EVER },
    kind: 'unreachable',
  },
  {
    what: 'every list is throttled',
    fault: { kind: 'throttle', operation: 'listInstances', count: 'always', retryAfterSeconds: 60 },
    kind: 'throttling',
  },
  {
    what: 'every upgrade is throttled',
    fault: { kind: 'throttle', operation: 'manualupgrade', count: 'always', retryAfterSeconds: 90 },
    kind: 'throttling',
  },
  {
    what: 'the service answers 503 to everything',
    fault: { kind: 'serviceUnavailable', fromSeconds: 0, untilSeconds: FOR_EVER },
    kind: 'unreachable',
  },
  {
    what: 'operations never end',
    fault: { kind: 'slowInstance', instances: ['1'], factor: 100_000 },
    kind: 'operation',
    drains: true,
  },
  {
    what: 'no answer to an operation can be read',
    fault: { kind: 'serverError', operation: 'poll', count: 'always', status: 503 },
    kind: 'unreachable',
    drains: true,
  },
];

describe.each(TROUBLES)('while $what', ({ fault, kind, drains = false }) => {
  // Feature [Control] No wait for the floor lasts for ever (Control, F42)
  //   shown by: while too few serve > a rollout says so, and halts when its time is over, with nothing begun after
  // Feature [Control] No wait for an unreachable Azure lasts for ever (Control, F42)
  //   shown by: while Azure cannot be reached > a rollout says so, and halts when its time is over, with nothing begun after
  // Feature [Control] No throttling lasts for ever (Control, F42)
  //   shown by: while every upgrade is throttled > a rollout says so, and halts when its time is over, with nothing begun after
  // Feature [Control] No operation is waited for for ever (Control, F42)
  //   shown by: while operations never end > a rollout says so, and halts when its time is over, with nothing begun after
  it('a rollout says so, and halts when its time is over, with nothing begun after', async () => {
    await using lab = await startLab();
    const health = { operationTimeoutSeconds: 3 * HOUR };
    const id = await lab.start({ timeoutSeconds: 2 * HOUR, approvals: { before: [1] }, health });
    await lab.until(id, 'waiting');
    lab.sim.inject(fault);
    await lab.host.advance(60_000);
    await lab.send(id, 'approve');
    const waiting = await lab.until(id, (r) => r.waitingFor?.kind === kind);
    expect(waiting.next).toContainEqual({ command: 'abort' });
    const ended = await lab.toEnd(id);
    expect(ended).toMatchObject({ phase: 'halted', failure: { code: 'deadlineExceeded' } });
    expect(ended.left.model).toBe('after');
    const took = (Date.parse(ended.endedAt) - Date.parse(ended.createdAt)) / 1000;
    expect(took).toBeGreaterThan(2 * HOUR);
    expect(took).toBeLessThan((drains ? 5 : 2) * HOUR + 1200);
    const sent = writes(lab.log).length;
    await lab.host.advance(2 * HOUR * 1000);
    expect(writes(lab.log)).toHaveLength(sent);
    expectSafe(lab, { floor: 9 });
  });

  it('an abort ends it soon', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [1] }, health: { operationTimeoutSeconds: HOUR } });
    await lab.until(id, 'waiting');
    lab.sim.inject(fault);
    await lab.host.advance(60_000);
    await lab.send(id, 'approve');
    await lab.until(id, (r) => r.waitingFor?.kind === kind);
    await lab.send(id, 'abort');
    const ended = await lab.toEnd(id);
    expect(ended.phase).toBe('cancelled');
    const took = (Date.parse(ended.endedAt) - Date.parse(ended.createdAt)) / 1000;
    expect(took).toBeLessThan(2 * HOUR);
  });
});

describe('the deadline of a rollout', () => {
  // Feature [Control] The deadline does not run while people are waited for (Control)
  it('does not run while it waits for an approval', async () => {
    await using lab = await startLab();
    const id = await lab.start({
      timeoutSeconds: 2 * HOUR,
      approvals: { before: [1], timeoutSeconds: 30 * HOUR },
    });
    await lab.until(id, 'waiting');
    await lab.host.advance(20 * HOUR * 1000);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });

  // Feature [Control] The deadline never rolls back by itself (Control)
  it('never rolls back by itself', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'slowInstance', instances: ['1'], factor: 100_000 }],
    });
    const ended = await lab.rollOut({ timeoutSeconds: HOUR, onFailure: 'rollback' });
    expect(ended).toMatchObject({ phase: 'halted', failure: { code: 'deadlineExceeded' } });
    expect(modelImage(lab)).not.toBe(OLD);
    expect(acceptedUpgrades(lab.log)).toHaveLength(2);
  });

  it('that is over before Azure could be reached leaves nothing', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'unreachable', fromSeconds: 0, untilSeconds: FOR_EVER }],
    });
    const ended = await lab.rollOut({ timeoutSeconds: HOUR });
    expect(ended).toMatchObject({ phase: 'halted', failure: { code: 'deadlineExceeded' } });
    expect(writes(lab.log)).toEqual([]);
    expectImages(lab, OLD);
  });
});

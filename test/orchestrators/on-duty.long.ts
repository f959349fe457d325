import { describe, expect, it } from 'vitest';
import { writes } from '../lab/judge.ts';
import { startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const HOUR = 3_600_000;

/** The lab begins on Saturday 21 November 2026 at 08:00 UTC: nobody is there before Monday at 09:00 in Berlin. */
const onDuty = {
  timeZone: 'W. Europe Standard Time',
  open: [{ cron: '0 9 * * 1-5', durationMinutes: 480 }],
  closedOn: ['2026-11-24'],
};

const asked = (approvals: object) => ({
  approvals: { before: 'rollout', timeoutSeconds: 36_000, ...approvals },
});

const waitsForApproval = ({ waitingFor }: Body): boolean => waitingFor?.kind === 'approval';

const now = (lab: Lab): string => new Date(lab.host.clock.now()).toISOString();

describe('approvers who are on duty at times', () => {
  // Feature [Windows] The time for an approval runs only while approvers are on duty, also over weekends and days off (issue 17, new 14)
  it('are given all of the time while they are there', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start(asked({ onDuty }));
    const { waitingFor } = await lab.until(id, waitsForApproval);
    // 8 hours on Monday; Tuesday is a day off; 2 hours on Wednesday.
    expect(waitingFor.until).toBe('2026-11-25T10:00:00.000Z');
    expect(waitingFor.message).toContain('on duty from 2026-11-23T08:00:00.000Z');
    await lab.host.advance(49 * HOUR);
    const later = await lab.until(id, waitsForApproval);
    expect(later.waitingFor.message).not.toContain('on duty');
    expect((await lab.toEnd(id)).phase).toBe('rejected');
    expect(now(lab) >= '2026-11-25T10:00:00').toBe(true);
    expect(writes(lab.log)).toEqual([]);
  });

  it('are not passed over by the clock while they are away', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start(asked({ onDuty, timeoutSeconds: 3600, onTimeout: 'approve' }));
    await lab.until(id, waitsForApproval);
    await lab.host.advance(48 * HOUR);
    expect(writes(lab.log)).toEqual([]);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(writes(lab.log)[0]?.time).toBeGreaterThanOrEqual(Date.parse('2026-11-23T09:00:00Z'));
  });

  it('may approve at any time', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start(asked({ onDuty }));
    await lab.until(id, waitsForApproval);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(now(lab) < '2026-11-22').toBe(true);
  });

  // Feature [Windows] Hours on duty that have ended since: status says that nothing expires any more (issue 17)
  it('are waited for where they never come again, and the status says so', async () => {
    const today = {
      startDateTime: '2026-11-21 08:00',
      duration: '01:00',
      recurEvery: 'Day',
      expirationDateTime: '2026-11-21 09:00',
    };
    const approvals = {
      before: 'batch',
      timeoutSeconds: 600,
      onTimeout: 'approve',
      onDuty: { open: [today] },
    };
    await using lab = await startLab({ count: 2 });
    const id = await lab.start({ approvals, soakSeconds: 7200 });
    const first = await lab.until(id, waitsForApproval);
    expect(first.waitingFor.until).toBeDefined();
    await lab.send(id, 'approve');
    const second = await lab.until(id, (body) => waitsForApproval(body) && body.waitingFor.batch === 1);
    expect(now(lab) > '2026-11-21T10:00').toBe(true);
    expect(second.waitingFor.until).toBeUndefined();
    expect(second.waitingFor.message).toContain('waits until somebody decides');
    await lab.host.advance(24 * HOUR);
    expect((await lab.get(id)).phase).toBe('waiting');
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });
});

import { describe, expect, it } from 'vitest';
import { eventsOf, startNoticeLab } from '../lab/notices.ts';

describe('notices of a rollout', () => {
  // Feature [Notices] Every phase change, approval request and end as a CloudEvent 1.0 to a signed webhook (features 77)
  it('tell of each phase in an unbroken chain, of the approval and of the end, signed', async () => {
    await using notices = await startNoticeLab();
    const { lab, receiver } = notices;
    const id = await lab.start({
      approvals: { before: 'rollout' },
      reason: 'patch day',
      labels: { team: 'shop' },
    });
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    await notices.deliver();
    const { planHash } = await lab.get(id);
    await lab.send(id, 'approve');
    await lab.toEnd(id);
    await notices.deliver();

    const events = eventsOf(receiver.received);
    for (const event of events) {
      expect(event).toMatchObject({
        specversion: '1.0',
        type: `vmss-rollout.${event.data.kind}`,
        source: (await lab.get(id)).scaleSet,
        subject: `rollouts/${id}`,
        data: { rollout: id, reason: 'patch day', labels: { team: 'shop' } },
      });
    }
    const told = events.map(({ data }) => data.kind);
    expect(told.at(-1)).toBe('ended');
    const phases = events.filter(({ data }) => data.kind === 'phaseChanged' || data.kind === 'ended');
    expect(phases[0]?.data).toMatchObject({ phase: 'accepted' });
    for (const [index, { data }] of phases.entries())
      if (index > 0) expect(data.before).toBe(phases[index - 1]?.data.phase);
    expect(phases.map(({ data }) => data.phase)).toContain('waiting');
    expect(phases.at(-1)?.data).toMatchObject({ phase: 'succeeded' });
    const requests = events.filter(({ data }) => data.kind === 'approvalRequested');
    expect(requests).toHaveLength(1);
    expect(requests[0]?.data).toMatchObject({ batch: 0, planHash, until: expect.any(String) });
  });
});

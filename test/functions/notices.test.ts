import { describe, expect, it } from 'vitest';
import { NEW } from '../lab/lab.ts';
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

  // Feature [Notices] Reminders of an approval that nobody gives, again and again, then one escalation (features 77, issue 18)
  it('remind of what waits for a person, each time once, and then escalate', async () => {
    await using notices = await startNoticeLab();
    const { lab, receiver } = notices;
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    const toldAfter = async (minutes: number): Promise<readonly string[]> => {
      receiver.received.length = 0;
      await lab.host.advance(minutes * 60_000);
      // Who looks twice tells nothing twice.
      for (let looks = 0; looks < 2; looks += 1) await lab.host.fireTimer('reviveRollouts');
      await notices.deliver();
      return eventsOf(receiver.received)
        .map(({ data }) => data.kind)
        .filter((kind) => kind === 'reminder' || kind === 'escalation');
    };
    expect(await toldAfter(50)).toEqual([]);
    expect(await toldAfter(11)).toEqual(['reminder']);
    expect(await toldAfter(10)).toEqual([]);
    expect(await toldAfter(60)).toEqual(['reminder']);
    expect(await toldAfter(120)).toEqual(['escalation', 'reminder']);
    expect(await toldAfter(60)).toEqual(['reminder']);
    expect(eventsOf(receiver.received)[0]?.data).toMatchObject({ batch: 0, phase: 'waiting' });
    await lab.send(id, 'approve');
    await lab.toEnd(id);
    expect(await toldAfter(600)).toEqual([]);
  });

  // Feature [Notices] Failures, pauses and recoveries are told, too (features 77, issue 18)
  it('tell of failures, of a pause and who made it, and of a rollout that goes on', async () => {
    await using notices = await startNoticeLab({
      faults: [{ kind: 'badImage', version: NEW, instances: ['1'] }],
    });
    const { lab, receiver } = notices;
    const id = await lab.start({ onFailure: 'pause' });
    await lab.until(id, 'paused');
    await notices.deliver();
    const { failure } = await lab.get(id);
    const events = eventsOf(receiver.received);
    expect(events.find(({ data }) => data.kind === 'failed')?.data).toMatchObject({
      code: failure.code,
      instances: ['1'],
    });
    expect(events.at(-1)?.data).toMatchObject({ kind: 'phaseChanged', phase: 'paused' });
    await lab.send(id, 'rollback');
    await lab.toEnd(id);
    await notices.deliver();
    const phases = eventsOf(receiver.received).flatMap(({ data }) =>
      data.before === undefined ? [] : [[data.before, data.phase]],
    );
    for (const [index, [before]] of phases.entries())
      if (index > 0) expect(before).toBe(phases[index - 1]?.[1]);
    expect(phases.map(([, phase]) => phase)).toEqual(
      expect.arrayContaining(['paused', 'rollingBack', 'rolledBack']),
    );
  });
});

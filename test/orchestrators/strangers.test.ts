import { describe, expect, it } from 'vitest';
import { acceptedUpgrades, writes } from '../lab/judge.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const HOUR = 3600_000;
const CANARY = {
  strategy: { batchBy: 'steps', steps: ['50%', '100%'], canary: 1 },
  approvals: { before: [0, 1] },
};

async function endWorkflow(lab: Lab, id: string): Promise<void> {
  lab.host.client.terminate(id, 'by somebody');
  await lab.host.runUntil(() => lab.host.client.status(id)?.runtimeStatus === 'Terminated');
}

/** Starts a workflow through the host's own API, past the app. */
async function startWorkflow(lab: Lab, id: string, input: unknown, name = 'rollout'): Promise<void> {
  const body = JSON.stringify(input);
  const url = `http://localhost/runtime/webhooks/durabletask/orchestrators/${name}/${id}`;
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
  const reply = await lab.host.request(new Request(url, { method: 'POST', body, headers }));
  expect(reply.status).toBe(202);
}

describe('a workflow that somebody starts beside the app', () => {
  // Feature [Approvals] No batch opens past an unapproved canary, whoever has started the workflow (Issue 12, kind 6)
  //   shown by: a workflow that somebody starts beside the app > opens nothing past a canary that nobody has approved: batch 3
  it.each([1, 2, 3, 7])('opens nothing past a canary that nobody has approved: batch %i', async (batch) => {
    await using lab = await startLab();
    const id = await lab.start(CANARY);
    await lab.until(id, 'waiting');
    await endWorkflow(lab, id);
    await startWorkflow(lab, id, { rollout: id, batch });
    await lab.host.advance(HOUR);
    expect(writes(lab.log)).toEqual([]);
    expect(await lab.get(id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval', batch: 0 } });
    await lab.send(id, 'approve');
    await lab.until(id, (r) => r.waitingFor?.batch === 1 && r.waitingFor.kind === 'approval');
    await lab.host.advance(HOUR);
    expect(acceptedUpgrades(lab.log)).toEqual([['0']]);
    await lab.send(id, 'approve');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
  });

  it.each([1, 2, 5, 99])('leaves no batch out: batch %i of sliding ones', async (batch) => {
    await using lab = await startLab({ count: 10 });
    const id = await lab.start({ strategy: { pacing: 'sliding', canary: 1 }, approvals: { before: [1] } });
    await lab.until(id, (r) => r.waitingFor?.kind === 'approval');
    expect(acceptedUpgrades(lab.log)).toEqual([['0']]);
    await endWorkflow(lab, id);
    await startWorkflow(lab, id, { rollout: id, batch });
    await lab.host.advance(HOUR);
    expect(acceptedUpgrades(lab.log)).toEqual([['0']]);
    await lab.send(id, 'approve');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 10 } });
  });

  it('writes the model also where it was started behind the last batch', async () => {
    await using lab = await startLab({ count: 0 });
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    await endWorkflow(lab, id);
    await startWorkflow(lab, id, { rollout: id, batch: 4 });
    await lab.host.advance(HOUR);
    expect(writes(lab.log)).toEqual([]);
    expect((await lab.get(id)).phase).toBe('waiting');
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(writes(lab.log).map(({ operation }) => operation)).toEqual(['patch']);
  });

  // Feature [Safety] A workflow whose id is no rollout's ends (Issue 12, kind 6)
  //   shown by: a workflow that somebody starts beside the app > ends where its id is no rollout's: its own id
  it.each([
    ['its own id', (_id: string) => ({ rollout: 'stranger' })],
    ['that of a rollout that another workflow carries out', (id: string) => ({ rollout: id, batch: 1 })],
    ['nothing', () => ({})],
    ['no object', () => 5],
    ['a number', () => ({ rollout: 7, batch: 'x' })],
  ])("ends where its id is no rollout's: %s", async (_what, inputOf) => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    const before = (await lab.call('GET', `/rollouts/${id}/events`)).body;
    await startWorkflow(lab, 'stranger', inputOf(id));
    await lab.host.runUntil(() => lab.host.client.status('stranger')?.runtimeStatus === 'Completed');
    expect(writes(lab.log)).toEqual([]);
    expect((await lab.call('GET', `/rollouts/${id}/events`)).body).toEqual(before);
  });

  it('ends where it follows another runbook than the rollout, which the timer then starts again', async () => {
    await using lab = await startLab({ timers: 'onSchedule' });
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    await endWorkflow(lab, id);
    await startWorkflow(lab, id, { rollout: id }, 'guardRestoration');
    await lab.host.advance(HOUR);
    expect(writes(lab.log)).toEqual([]);
    expect((await lab.get(id)).phase).toBe('waiting');
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });
});

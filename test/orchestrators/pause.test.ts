import { expect, it } from 'vitest';
import { acceptedUpgrades, expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body, Lab, LabOptions } from '../lab/lab.ts';
import { append, recordsOf } from '../lab/records.ts';

interface Case {
  readonly phase: string;
  readonly spec?: Record<string, unknown>;
  readonly options?: LabOptions;
  readonly end: string;
  readonly image: string;
}

const BAD: LabOptions = { faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }] };

const CASES: readonly Case[] = [
  { phase: 'waiting', spec: { approvals: { before: [1] } }, end: 'succeeded', image: NEW },
  { phase: 'applyingModel', end: 'succeeded', image: NEW },
  { phase: 'upgrading', end: 'succeeded', image: NEW },
  { phase: 'settling', end: 'succeeded', image: NEW },
  { phase: 'soaking', spec: { soakSeconds: 900 }, end: 'succeeded', image: NEW },
  { phase: 'rollingBack', options: BAD, end: 'rolledBack', image: OLD },
];

// Feature [Control] Pause and resume, in every phase (Control, H48, new 6)
//   shown by: sends nothing more while paused in upgrading, and goes on at resume
// Feature [Control] Pause while rolling back (Control)
//   shown by: sends nothing more while paused in rollingBack, and goes on at resume
it.each(CASES)(
  'sends nothing more while paused in $phase, and goes on at resume',
  async ({ phase, spec, options, end, image }) => {
    await using lab = await startLab(options);
    const id = await lab.start(spec);
    await lab.until(id, phase);
    expect((await lab.send(id, 'pause', { reason: 'lunch' }, 'grace')).status).toBe(202);
    expect(await lab.get(id)).toMatchObject({ phase: 'paused' });
    const sent = writes(lab.log).length;
    await lab.host.advance(6 * 3600_000);
    expect(writes(lab.log)).toHaveLength(sent);
    const paused = await lab.get(id);
    expect(paused.phase).toBe('paused');
    if (paused.waitingFor.kind !== 'approval') {
      expect(paused.waitingFor.message).toBe('paused by grace');
    }
    expect(paused.next).toContainEqual({ command: 'resume' });
    expect(paused.next).not.toContainEqual({ command: 'pause' });
    expect((await lab.send(id, 'pause')).status).toBe(202);
    if (phase === 'waiting') await lab.send(id, 'approve');
    expect((await lab.send(id, 'resume')).status).toBe(202);
    expect((await lab.toEnd(id)).phase).toBe(end);
    expectImages(lab, image);
    expectSafe(lab, options === undefined ? {} : { floor: 9, mostDisruptions: 2 });
  },
);

// Feature [Control] A pause counts against no deadline (Control)
it('does not count the time of a pause against any deadline', async () => {
  await using lab = await startLab();
  const id = await lab.start({ timeoutSeconds: 7200 });
  await lab.until(id, 'settling');
  await lab.send(id, 'pause');
  await lab.host.advance(5 * 3600_000);
  await lab.send(id, 'resume');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
});

it('refuses to resume what is not paused', async () => {
  await using lab = await startLab();
  const id = await lab.start();
  expect(await lab.send(id, 'resume')).toMatchObject({ status: 409, body: { code: 'wrongPhase' } });
});

/** Pauses after the failure of update domain 1. */
async function pausedByFailure(): Promise<{ lab: Lab; id: string; rollout: Body }> {
  const lab = await startLab(BAD);
  // Room for the failed domain and the next one.
  const id = await lab.start({ onFailure: 'pause', strategy: { maxUnavailable: 6 } });
  return { lab, id, rollout: await lab.until(id, 'paused') };
}

// Feature [Control] `onFailure: pause` (Control)
// Feature [For a bad night] The sentence for a pause after a failure (For a bad night)
it('pauses after a failure where the spec says so, and says what can be done', async () => {
  const { lab, id, rollout } = await pausedByFailure();
  await using _ = lab;
  expect(rollout.failure).toMatchObject({ code: 'unhealthyAfterUpgrade', instances: ['1', '6', '11'] });
  expect(rollout.waitingFor.message).toBe('paused after a failure: unhealthyAfterUpgrade');
  expect(rollout.next).toEqual([
    { command: 'retry' },
    { command: 'resume' },
    { command: 'skip', batch: 1 },
    { command: 'quarantine', instances: ['1', '6', '11'] },
    { command: 'rollback' },
    { command: 'abort' },
  ]);
  const sent = writes(lab.log).length;
  await lab.host.advance(3600_000);
  expect(writes(lab.log)).toHaveLength(sent);
  await lab.send(id, 'rollback');
  expect((await lab.toEnd(id)).phase).toBe('rolledBack');
  expectImages(lab, OLD);
});

it('goes on at resume with the failed ones left, and says so in the end', async () => {
  const { lab, id } = await pausedByFailure();
  await using _ = lab;
  await lab.send(id, 'resume');
  expect(await lab.toEnd(id)).toMatchObject({
    phase: 'halted',
    instances: { upgraded: 12, failed: 3 },
    left: { model: 'after', instances: { unknown: ['1', '6', '11'] } },
  });
});

// Feature [Control] Retry only the failed (Control, H50)
it('sends the failed ones again at retry', async () => {
  const { lab, id } = await pausedByFailure();
  await using _ = lab;
  const before = writes(lab.log).length;
  await lab.send(id, 'retry');
  expect((await lab.until(id, 'paused')).failure.instances).toEqual(['1', '6', '11']);
  expect(
    writes(lab.log)
      .slice(before)
      .map(({ instances }) => instances),
  ).toEqual([['1', '6', '11']]);
  await lab.host.advance(3600_000);
  expect(writes(lab.log)).toHaveLength(before + 1);
  // A retry is carried out once: what has failed again is left.
  await lab.send(id, 'resume');
  await lab.host.advance(3600_000);
  expect(
    acceptedUpgrades(lab.log)
      .flat()
      .filter((instance) => instance === '6'),
  ).toHaveLength(2);
});

it('sees a command whose wake-up was lost', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: 'rollout' } });
  const { waitingFor } = await lab.until(id, 'waiting');
  const { gate } = (await recordsOf(lab.store, id)).record;
  const at = new Date(lab.host.clock.now()).toISOString();
  const command = { command: 'approve', by: 'grace', at, batch: waitingFor.batch } as const;
  await append(lab.store, id, { ...command, gateSince: gate?.since ?? '' });
  await lab.host.advance(310_000);
  expect(writes(lab.log).length).toBeGreaterThan(0);
});

// Feature [Control] Skip the failed and go on (Control)
it('skips the failed ones and goes on', async () => {
  const { lab, id } = await pausedByFailure();
  await using _ = lab;
  await lab.send(id, 'skip', { batch: 1 });
  expect((await lab.get(id)).phase).toBe('paused');
  await lab.send(id, 'resume');
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 12, skipped: 3 } });
});

// Feature [Control] Skip a batch (Control)
it('skips a batch that waits for its approval', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: [1, 2] } });
  await lab.until(id, 'waiting');
  expect(await lab.send(id, 'skip')).toMatchObject({ status: 400, body: { code: 'invalidSpec' } });
  await lab.send(id, 'skip', { batch: 1 });
  await lab.until(id, (rollout) => rollout.waitingFor?.batch === 2);
  await lab.send(id, 'approve');
  const rollout = await lab.toEnd(id);
  expect(rollout.batches[1].phase).toBe('skipped');
  expect(rollout).toMatchObject({ phase: 'succeeded', left: { instances: { before: ['1', '6', '11'] } } });
});

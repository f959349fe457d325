import { describe, expect, it } from 'vitest';
import { steps } from '../lab/drawn.ts';
import { writes } from '../lab/judge.ts';
import { OLD, startLab, WEB } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';
import { changesIn, dieInQueue, ofPipeline, turn } from '../lab/queue-sweep.ts';

const waitsInQueue = ({ waitingFor }: Body): boolean => waitingFor?.kind === 'queue';

describe('a start on a scale set that is held', () => {
  // Feature [Queue] A start on a held scale set waits in its queue, in order (L, issue 17)
  it('waits for its turn, and those that came before it go first', async () => {
    await using lab = await startLab({ count: 2 });
    const first = await lab.start(turn('one'));
    const [second, third] = [await lab.start(turn('two')), await lab.start(turn('three'))];
    expect(await lab.get(third)).toMatchObject({
      phase: 'accepted',
      startedAt: null,
      waitingFor: { kind: 'queue', holder: first, place: 2 },
    });
    expect((await lab.get(second)).waitingFor).toMatchObject({ holder: first, place: 1 });
    await lab.toEnd(third);
    const ended = await Promise.all([first, second, third].map(async (id) => (await lab.get(id)).phase));
    expect(ended).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(changesIn(lab)).toEqual(['one', 'two', 'three']);
  });

  // Feature [Queue] A start that does not wait is refused while others do (L, issue 17)
  it('does not overtake those that wait, also not in the moment in which the set comes free', async () => {
    await using lab = await startLab({ count: 2 });
    const first = await lab.start(turn('one'));
    const second = await lab.start(turn('two'));
    await lab.toEnd(first);
    const refused = await lab.call('POST', '/rollouts', { scaleSet: WEB });
    expect(refused).toMatchObject({ status: 409, body: { code: 'scaleSetBusy', rolloutId: second } });
    expect((await lab.toEnd(second)).phase).toBe('succeeded');
  });

  it('tells of each place that it has had, and when its turn came', async () => {
    await using lab = await startLab({ count: 2 });
    const first = await lab.start(turn('one'));
    const second = await lab.start(turn('two', { approvals: { before: 'rollout' } }));
    const third = await lab.start(turn('three'));
    await lab.until(second, 'waiting');
    await lab.until(third, ({ waitingFor }) => waitingFor?.holder === second);
    await lab.send(second, 'reject', {}, 'grace');
    await lab.toEnd(third);
    const { value } = (await lab.call('GET', `/rollouts/${third}/events`)).body;
    const told = value.filter(({ kind }: Body) => kind === 'queued' || kind === 'turnTaken');
    expect(told.map(({ kind }: Body) => kind)).toEqual(['queued', 'queued', 'turnTaken']);
    expect(told[0].message).toContain(first);
  });

  // Feature [Queue] Time in the queue counts against no deadline (contract)
  it('may wait longer than it may take', async () => {
    await using lab = await startLab({ count: 2 });
    const first = await lab.start({ approvals: { before: 'rollout' } });
    const second = await lab.start(turn('two', { timeoutSeconds: 600 }));
    await lab.until(first, 'waiting');
    await lab.host.advance(900_000);
    expect(await lab.get(second)).toMatchObject({ phase: 'accepted' });
    await lab.send(first, 'approve', {}, 'grace');
    expect((await lab.toEnd(second)).phase).toBe('succeeded');
  });

  it('plans when its turn has come: a reviewed plan that no longer fits is refused then', async () => {
    await using lab = await startLab({ count: 2 });
    const spec = { scaleSet: WEB, change: { image: { version: OLD } }, onBusy: 'queue' };
    const first = await lab.start();
    const plan = await lab.call('POST', '/plans', spec);
    const [{ code, message }] = plan.body.warnings.filter(({ code: of }: Body) => of === 'scaleSetHeld');
    expect([code, message]).toEqual(['scaleSetHeld', expect.stringContaining('waits in the queue')]);
    const second = await lab.start({ ...spec, planHash: plan.body.planHash });
    await lab.toEnd(first);
    expect(await lab.toEnd(second)).toMatchObject({ phase: 'refused', failure: { code: 'planChanged' } });
  });

  it('takes the set at once where nobody has it', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start(turn('one'));
    expect((await lab.get(id)).waitingFor).toBeUndefined();
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });
});

describe('a rollout in the queue', () => {
  // Feature [Queue] Aborted while it waits, a rollout leaves the queue and changes nothing (L, issue 17)
  //   shown by: a rollout in the queue > ends by abort with nothing changed, and the next one moves up
  it.each(['abort', 'rollback'])(
    'ends by %s with nothing changed, and the next one moves up',
    async (command) => {
      await using lab = await startLab({ count: 2 });
      const first = await lab.start({ approvals: { before: 'rollout' } });
      const second = await lab.start(turn('two'));
      const third = await lab.start(turn('three'));
      await lab.until(second, waitsInQueue);
      expect((await lab.send(second, command)).status).toBe(202);
      expect((await lab.toEnd(second, 3600)).phase).toMatch(/cancelled|rolledBack/);
      const { waitingFor } = await lab.until(third, (rollout) => rollout.waitingFor?.place === 1);
      expect(waitingFor.holder).toBe(first);
      expect(writes(lab.log)).toEqual([]);
      await lab.send(first, 'reject', {}, 'grace');
      expect((await lab.toEnd(third)).phase).toBe('succeeded');
      expect(changesIn(lab)).toEqual(['three']);
    },
  );

  it('keeps its place while it is paused, and goes on when it is resumed', async () => {
    await using lab = await startLab({ count: 2 });
    await lab.start(turn('one'));
    const second = await lab.start(turn('two'));
    await lab.until(second, waitsInQueue);
    expect((await lab.send(second, 'pause')).status).toBe(202);
    await lab.until(second, ({ startedAt }) => startedAt !== null);
    await lab.host.advance(600_000);
    expect(changesIn(lab)).toEqual(['one']);
    await lab.send(second, 'resume');
    expect((await lab.toEnd(second)).phase).toBe('succeeded');
  });

  // Feature [Queue] A newer rollout of the same pipeline replaces an older one that waits, on request (L, issue 17)
  it('is replaced by a newer one of its pipeline, which takes its place', async () => {
    await using lab = await startLab({ count: 2 });
    const first = await lab.start(turn('one', { labels: { pipeline: 'shop' } }));
    const old = await lab.start(ofPipeline('old'));
    const other = await lab.start(turn('other', { labels: { pipeline: 'bank' } }));
    const newer = await lab.start(ofPipeline('newer'));
    expect((await lab.get(newer)).waitingFor).toMatchObject({ holder: first, place: 1 });
    const replaced = await lab.toEnd(old, 3600);
    expect(replaced).toMatchObject({ phase: 'cancelled', failure: { code: 'replaced' } });
    expect(replaced.failure.message).toContain(newer);
    await lab.toEnd(other);
    expect(changesIn(lab)).toEqual(['one', 'newer', 'other']);
  });

  it('is not replaced by one that only waits', async () => {
    await using lab = await startLab({ count: 2 });
    await lab.start(turn('one'));
    const old = await lab.start(ofPipeline('old'));
    const kept = await lab.start(turn('kept', { labels: { pipeline: 'shop' } }));
    expect((await lab.get(kept)).waitingFor.place).toBe(2);
    await lab.toEnd(kept);
    expect((await lab.get(old)).phase).toBe('succeeded');
  });

  it('needs a pipeline to be replaced by', async () => {
    await using lab = await startLab({ count: 2 });
    const reply = await lab.call('POST', '/rollouts', { scaleSet: WEB, onBusy: 'replace' });
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path: 'onBusy' }] } });
  });
});

// Feature [Queue] Every place in the queue survives a process that dies at any call of the store (issue 17)
it('loses nobody, and nobody goes twice, when the process dies at some store call', async () => {
  expect(await dieInQueue((calls) => steps(5, calls, 41))).toBeGreaterThan(3);
});

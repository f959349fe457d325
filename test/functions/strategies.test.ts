import { describe, expect, it } from 'vitest';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { writes } from '../lab/judge.ts';
import { startLab, WEB } from '../lab/lab.ts';
import type { Lab, Reply } from '../lab/lab.ts';
import { NAME, put as putSchedule, rollouts, tick } from '../lab/schedules.ts';

const CAREFUL = {
  strategy: { batchBy: 'count', steps: [1], maxUnavailable: 1 },
  approvals: { before: 'rollout' },
  onFailure: 'halt',
};
const PATH = '/strategies/careful';

function put(lab: Lab, strategy: object, after: number, reason?: string): Promise<Reply> {
  return lab.call('PUT', PATH, { strategy, reason }, { 'if-match': `"strategy-${after}"` });
}

const named = (more: object = {}) => ({ namedStrategy: { name: 'careful', ...more } });

describe('a named strategy', () => {
  // Feature [Named strategies] Strategy, health and approvals under a name, every version kept (issue 17)
  it('is kept with every version, who wrote it and why', async () => {
    await using lab = await startLab({ count: 2 });
    expect((await put(lab, CAREFUL, 0, 'first')).status).toBe(200);
    expect((await put(lab, { ...CAREFUL, soakSeconds: 60 }, 1)).status).toBe(200);
    const { body, headers } = await lab.call('GET', PATH);
    expect(headers.get('etag')).toBe('"strategy-2"');
    expect(body).toMatchObject({
      name: 'careful',
      number: 2,
      by: 'ada',
      strategy: { soakSeconds: 60, onFailure: 'halt' },
      versions: [
        { number: 1, by: 'ada', reason: 'first', strategy: { soakSeconds: 0 } },
        { number: 2, strategy: { soakSeconds: 60 } },
      ],
    });
    expect((await lab.call('GET', '/strategies')).body.value).toMatchObject([{ name: 'careful', number: 2 }]);
  });

  it('is replaced only over the version that was read, and unknown once it is deleted', async () => {
    await using lab = await startLab({ count: 2 });
    expect((await lab.call('PUT', PATH, { strategy: CAREFUL })).status).toBe(428);
    expect((await put(lab, CAREFUL, 0)).status).toBe(200);
    expect(await put(lab, CAREFUL, 0)).toMatchObject({ status: 412, body: { code: 'strategyMoved' } });
    const gone = await lab.call('DELETE', PATH, undefined, { 'if-match': '"strategy-1"' });
    expect(gone.status).toBe(200);
    expect(await lab.call('GET', PATH)).toMatchObject({ status: 404, body: { code: 'strategyNotFound' } });
    const started = await lab.call('POST', '/rollouts', { scaleSet: WEB, ...named() });
    expect(started).toMatchObject({ status: 400, body: { errors: [{ path: 'namedStrategy' }] } });
    expect((await lab.call('POST', '/rollouts', { scaleSet: WEB, ...named({ version: 1 }) })).status).toBe(
      202,
    );
  });

  // Feature [Named strategies] Acts on named strategies are audited (issue 17)
  it('leaves an audit of each change', async () => {
    await using lab = await startLab({ count: 2 });
    await put(lab, CAREFUL, 0, 'first');
    const { value } = (await lab.call('GET', '/audit')).body;
    const told = value.map(({ kind }: { kind: string }) => kind);
    expect(told).toEqual(expect.arrayContaining(['strategyIntended', 'strategySet']));
  });
});

describe('a rollout that uses one', () => {
  // Feature [Named strategies] A spec uses a strategy by its name; the rollout keeps the version of its acceptance (issue 17)
  it('goes by it, shows its version, and keeps it when the strategy is replaced', async () => {
    await using lab = await startLab({ count: 4 });
    await put(lab, CAREFUL, 0);
    const plan = await lab.call('POST', '/plans', {
      scaleSet: WEB,
      change: { force: 'reimage' },
      ...named(),
    });
    expect(plan.body.batches.map(({ instances }: { instances: string[] }) => instances.length)).toEqual([
      1, 1, 1, 1,
    ]);
    const id = await lab.start(named());
    await put(lab, { strategy: { maxUnavailable: '100%' } }, 1);
    const waiting = await lab.until(id, 'waiting');
    expect(waiting).toMatchObject({ namedStrategy: { name: 'careful', version: 1 } });
    expect(waiting.waitingFor.kind).toBe('approval');
    expect(writes(lab.log)).toEqual([]);
    await lab.send(id, 'approve', {}, 'grace');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(belowFloor(lab.log, 3)).toEqual([]);
  });

  it('is the same rollout when it is asked for again with its key, whatever became of the strategy', async () => {
    await using lab = await startLab({ count: 2 });
    await put(lab, CAREFUL, 0);
    const post = () =>
      lab.call('POST', '/rollouts', { scaleSet: WEB, ...named() }, { 'idempotency-key': 'k1' });
    const first = await post();
    await put(lab, { onFailure: 'pause' }, 1);
    expect(await post()).toMatchObject({ status: 202, body: { id: first.body.id } });
  });

  it.each(['strategy', 'health', 'soakSeconds', 'approvals', 'onFailure'])(
    'takes it whole: %s is refused beside it',
    async (field) => {
      await using lab = await startLab({ count: 2 });
      await put(lab, CAREFUL, 0);
      const value = { soakSeconds: 5, onFailure: 'halt' }[field] ?? {};
      const spec = { scaleSet: WEB, ...named(), [field]: value };
      expect(await lab.call('POST', '/rollouts', spec)).toMatchObject({
        status: 400,
        body: { errors: [{ path: field }] },
      });
    },
  );
});

describe('a schedule that uses one', () => {
  // Feature [Named strategies] A schedule uses a strategy by its name; each start takes the version of then (issue 17)
  it('starts its rollouts by the version of then', async () => {
    await using lab = await startLab({ count: 2 });
    await put(lab, CAREFUL, 0);
    const schedule = { scaleSets: [WEB], rollout: named() };
    expect(await putSchedule(lab, schedule)).toMatchObject({ status: 200 });
    await put(lab, { ...CAREFUL, onFailure: 'pause' }, 1);
    await tick(lab);
    const [only] = await rollouts(lab);
    expect(only).toMatchObject({ namedStrategy: { name: 'careful', version: 2 } });
    expect((await lab.until(only.id, 'waiting')).waitingFor.kind).toBe('approval');
    const beside = { scaleSets: [WEB], rollout: { ...named(), soakSeconds: 5 } };
    expect(await putSchedule(lab, beside, 1)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'schedule.rollout.soakSeconds' }] },
    });
  });

  it('starts nothing where there is none of that name, and says so', async () => {
    await using lab = await startLab({ count: 2 });
    await putSchedule(lab, { scaleSets: [WEB], rollout: named() });
    const { body } = await lab.call('POST', `/schedules/${NAME}/run`);
    expect(body.scaleSets).toMatchObject([{ outcome: 'blocked', code: 'refused' }]);
    expect(body.scaleSets[0].message).toContain('careful');
    expect(await rollouts(lab)).toEqual([]);
  });
});

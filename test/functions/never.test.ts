import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLab, WEB, type Lab } from '../lab/lab.ts';

const over = {
  startDateTime: '2026-01-05 09:00',
  duration: '08:00',
  recurEvery: 'Day',
  expirationDateTime: '2026-02-01 09:00',
};
const windows = { open: [over] };
const approvals = { before: 'rollout', onDuty: { open: [over] } };
const change = { force: 'restart' };
const campaign = (rollout: object) => ({
  name: 'x',
  change,
  rollout,
  stages: [{ name: 'all', groups: [{ name: 'web', scaleSets: [WEB] }] }],
});

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ count: 2 });
});
afterAll(() => lab[Symbol.asyncDispose]());

describe('windows and hours on duty that never come', () => {
  // Feature [Windows] Windows and hours on duty that never come any more are refused when a spec, schedule, strategy or campaign is read, with the field at fault (issue 17)
  //   shown by: windows and hours on duty that never come > are refused by POST /rollouts, at approvals.onDuty
  it.each([
    ['POST /rollouts', 'windows', { scaleSet: WEB, change, windows }],
    ['POST /rollouts', 'approvals.onDuty', { scaleSet: WEB, change, approvals }],
    ['POST /plans', 'windows', { scaleSet: WEB, change, windows }],
    ['POST /plans', 'approvals.onDuty', { scaleSet: WEB, change, approvals }],
    ['PUT /schedules/monthly', 'schedule.windows', { schedule: { scaleSets: [WEB], windows } }],
    [
      'PUT /schedules/monthly',
      'schedule.rollout.approvals.onDuty',
      { schedule: { scaleSets: [WEB], rollout: { approvals } } },
    ],
    ['PUT /strategies/careful', 'strategy.approvals.onDuty', { strategy: { approvals } }],
    ['POST /campaigns', 'rollout.windows', campaign({ windows })],
    ['POST /campaign-plans', 'rollout.approvals.onDuty', campaign({ approvals })],
  ])('are refused by %s, at %s', async (route, path, body) => {
    const [method = '', where = ''] = route.split(' ');
    const kind = where.split('/')[1]?.replace('strategies', 'strategy').replace('schedules', 'schedule');
    const reply = await lab.call(method, where, body, method === 'PUT' ? { 'if-match': `"${kind}-0"` } : {});
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalidSpec' } });
    expect(reply.body.errors).toEqual([{ path, message: expect.stringMatching(/from now on/) }]);
    expect(lab.log.filter((entry) => entry.kind === 'request')).toEqual([]);
  });

  it('are refused where they stood in a strategy that was set while they were to come', async () => {
    const soon = { ...over, startDateTime: '2026-11-21 08:00', expirationDateTime: '2026-11-22 09:00' };
    const strategy = { approvals: { before: 'rollout', timeoutSeconds: 600, onDuty: { open: [soon] } } };
    const set = await lab.call('PUT', '/strategies/careful', { strategy }, { 'if-match': '"strategy-0"' });
    expect(set.status).toBe(200);
    await lab.host.advance(3 * 86_400_000);
    const reply = await lab.call('POST', '/rollouts', {
      scaleSet: WEB,
      change,
      namedStrategy: { name: 'careful' },
    });
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path: 'namedStrategy' }] } });
  });
});

import { afterEach, expect, it } from 'vitest';
import { bindLimits, signIn } from '../lab/bound-app.ts';
import { startLab, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const LIMITS = { startsPerMinute: 3, commandsPerMinute: 5, openRollouts: 2 };

const KEY = { 'idempotency-key': 'once' };

afterEach(() => bindLimits());

const names = ['web', 'api', 'db', 'mail'];
const scaleSets = names.map((name) => ({ name, count: 3 }));
const start = (lab: Lab, name: string) =>
  lab.call('POST', '/rollouts', { scaleSet: WEB.replace(/web$/, name), approvals: { before: [0] } });

// Feature [Control] One caller cannot ask for more than so much in a minute, on all instances of the app together (S28)
it('takes so many commands of one caller in a minute, and those of others', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: [0] } });
  bindLimits(LIMITS);
  const answers = await Promise.all(Array.from({ length: 20 }, () => lab.send(id, 'pause')));
  const taken = answers.filter(({ status }) => status === 202);
  expect(taken).toHaveLength(5);
  const over = answers.find(({ status }) => status === 429);
  expect(over?.body).toMatchObject({
    code: 'tooManyRequests',
    detail: expect.stringContaining('5 requests'),
  });
  const wait = Number(over?.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect((await lab.send(id, 'pause', {}, 'grace')).status).toBe(202);
  await lab.host.advance(wait * 1000);
  expect((await lab.send(id, 'pause')).status).toBe(202);
});

it('counts starts on scale sets that are not there, and no plans, which leave nothing behind', async () => {
  await using lab = await startLab();
  bindLimits(LIMITS);
  const statuses = [];
  for (let tried = 0; tried < 3; tried += 1) statuses.push((await start(lab, 'nowhere')).status);
  expect(statuses).not.toContain(429);
  expect((await start(lab, 'nowhere-else')).status).toBe(429);
  expect((await lab.call('POST', '/plans', { scaleSet: WEB })).status).toBe(200);
});

it('lets one caller have so many rollouts open', async () => {
  await using lab = await startLab({ scaleSets });
  bindLimits({ ...LIMITS, startsPerMinute: 100 });
  expect((await start(lab, 'web')).status).toBe(202);
  signIn('grace');
  expect((await start(lab, 'api')).status).toBe(202);
  signIn('ada');
  expect((await start(lab, 'db')).status).toBe(202);
  expect(await start(lab, 'mail')).toMatchObject({
    status: 429,
    body: { code: 'tooManyRequests', detail: 'you have 2 open rollouts, the most that one caller may have' },
  });
  signIn('grace');
  const keyed = () =>
    lab.call('POST', '/rollouts', { scaleSet: WEB.replace(/web$/, 'mail'), approvals: { before: [0] } }, KEY);
  const { status, body } = await keyed();
  expect(status).toBe(202);
  // Asked again for what it has, a caller is answered as before.
  expect(await keyed()).toMatchObject({ status: 202, body: { id: body.id } });
  signIn('ada');
});

import { afterEach, expect, it } from 'vitest';
import { bindLimits, signIn } from '../lab/bound-app.ts';
import { startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const LIMITS = {
  startsPerMinute: 3,
  plansPerMinute: 4,
  commandsPerMinute: 5,
  openRollouts: 2,
  openPerSubscription: 100,
  missingPerHour: 100,
};

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

it('counts starts on scale sets that are not there', async () => {
  await using lab = await startLab();
  bindLimits(LIMITS);
  const statuses = [];
  for (let tried = 0; tried < 3; tried += 1) statuses.push((await start(lab, 'nowhere')).status);
  expect(statuses).not.toContain(429);
  expect((await start(lab, 'nowhere-else')).status).toBe(429);
});

it('takes so many plans of one caller in a minute, and asks Azure nothing for the rest', async () => {
  await using lab = await startLab();
  bindLimits(LIMITS);
  const plan = () => lab.call('POST', '/plans', { scaleSet: WEB });
  for (let tried = 0; tried < 4; tried += 1) expect((await plan()).status).toBe(200);
  const asked = lab.log.filter(({ kind }) => kind === 'request').length;
  const over = await plan();
  expect(over).toMatchObject({ status: 429, body: { code: 'tooManyRequests' } });
  expect(lab.log.filter(({ kind }) => kind === 'request')).toHaveLength(asked);
  await lab.host.advance(Number(over.headers.get('retry-after')) * 1000);
  expect((await plan()).status).toBe(200);
});

// Feature [Control] Whoever tries names of scale sets that are not there is stopped after some of them (S28)
it('takes so many starts of one caller in an hour on scale sets that are not there', async () => {
  await using lab = await startLab({ scaleSets });
  bindLimits({ ...LIMITS, startsPerMinute: 100, missingPerHour: 3 });
  for (const name of ['a', 'b', 'c']) {
    const { body } = await start(lab, name);
    expect(await lab.toEnd(body.id)).toMatchObject({
      phase: 'refused',
      failure: { code: 'scaleSetNotFound' },
    });
  }
  const over = await start(lab, 'd');
  expect(over).toMatchObject({ status: 429, body: { code: 'tooManyRequests' } });
  expect(over.body.detail).toContain('do not exist');
  // It is a limit of starts, not only of those in vain: nobody knows before what is there.
  expect((await start(lab, 'web')).status).toBe(429);
  signIn('grace');
  expect((await start(lab, 'web')).status).toBe(202);
  signIn('ada');
  const wait = Number(over.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(3000);
  expect(wait).toBeLessThanOrEqual(3600);
  await lab.host.advance(wait * 1000);
  expect((await start(lab, 'api')).status).toBe(202);
});

// Feature [Control] So many rollouts may be open in one subscription, whoever has asked for them (S28)
it('lets so many rollouts be open in one subscription', async () => {
  await using lab = await startLab({ scaleSets });
  bindLimits({ ...LIMITS, startsPerMinute: 100, openPerSubscription: 2 });
  const first = (await start(lab, 'web')).body.id as string;
  signIn('grace');
  expect((await start(lab, 'api')).status).toBe(202);
  signIn('eve');
  expect(await start(lab, 'db')).toMatchObject({
    status: 429,
    body: { detail: '2 rollouts are open in this subscription, the most that there may be' },
  });
  const other = WEB.replace(SUBSCRIPTION, '00000000-0000-4000-8000-0000000000ff');
  expect((await lab.call('POST', '/rollouts', { scaleSet: other })).status).toBe(202);
  await lab.send(first, 'abort');
  await lab.toEnd(first);
  signIn('eve');
  expect((await start(lab, 'db')).status).toBe(202);
  signIn('ada');
});

it('counts what was sent to another instance of the app, which has the same store', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: [0] } });
  bindLimits(LIMITS);
  for (let sent = 0; sent < 3; sent += 1) expect((await lab.send(id, 'pause')).status).toBe(202);
  await using other = await startLab({ goesOn: { at: lab.host.clock.now(), store: lab.store } });
  for (let sent = 0; sent < 2; sent += 1) expect((await other.send(id, 'pause')).status).toBe(202);
  expect((await other.send(id, 'pause')).status).toBe(429);
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

import { expect, it } from 'vitest';
import { freePort } from '../../local/platform/ports.ts';
import { eventually } from '../host/support/child-host.ts';
import { eventsOf, verify } from '../lab/notices.ts';
import { startReceiver } from '../lab/receiver.ts';
import { ask } from './support/app.ts';
import { npmRun } from './support/npm.ts';
import { newMark } from './support/processes.ts';
import { stateFolder } from './support/state.ts';

const SECRET = 'a-secret-of-more-than-32-characters-1';
const PATIENCE_MILLISECONDS = 120_000;

// Feature [Notices] The built app sends signed notices of a whole rollout by its own timer, secrets from its settings (issue 18)
it('sends the notices of a whole rollout from npm start, with links to its page', async () => {
  const mark = newMark();
  using folder = stateFolder('notices');
  await using receiver = await startReceiver();
  const port = String(await freePort(0));
  const args = ['--port', port, '--time-scale', '60', '--scale-set', 'web:2', '--state', folder.path];
  const env = { ...mark.env, ROLLOUT_NOTICE_HOOK: SECRET };
  await using platform = npmRun('start', args, { ...mark, env });
  const url = await platform.ready;
  const target = {
    kind: 'webhook',
    name: 'hook',
    url: `${receiver.origin}/hook`,
    secret: 'ROLLOUT_NOTICE_HOOK',
  };
  const settings = { targets: [target], routes: [{ targets: ['hook'] }] };
  const set = await ask(`${url}/api/notices`, 'PUT', { settings }, { 'if-match': '"notices-0"' });
  expect([set.status, set.text]).toEqual([200, expect.any(String)]);
  const { body: sets } = await ask(`${url}/api/scale-sets`, 'GET');
  const spec = {
    scaleSet: sets.value[0].id,
    change: { image: { version: 'latest' } },
    health: { stableSeconds: 1 },
    approvals: { before: 'rollout' },
  };
  const { body: rollout } = await ask(`${url}/api/rollouts`, 'POST', spec);

  const told = (kind: string) =>
    eventsOf(receiver.received).find(
      (event) => event.data.kind === kind && event.data.rollout === rollout.id,
    );
  const request = await eventually(() => Promise.resolve(told('approvalRequested')), PATIENCE_MILLISECONDS);
  const page = new URL(request.data.page);
  expect(page.href.startsWith(`${url}/api/dashboard/rollouts/${rollout.id}?gate=`)).toBe(true);
  expect((await fetch(page)).status).toBe(200);
  const token = page.searchParams.get('gate') ?? '';
  const link = await ask(`${url}/api/rollouts/${rollout.id}/gate-links/${token}`, 'GET');
  expect([link.status, link.body.open]).toEqual([200, true]);
  await ask(`${url}/api/rollouts/${rollout.id}/approve`, 'POST', {});
  const ended = await eventually(() => Promise.resolve(told('ended')), PATIENCE_MILLISECONDS);
  expect(ended.data.phase).toBe('succeeded');
  for (const one of receiver.received) expect(verify(one, SECRET, Date.now()).specversion).toBe('1.0');
  const { body: dead } = await ask(`${url}/api/notices/dead-letters`, 'GET');
  expect(dead.value).toEqual([]);
  expect(platform.output()).not.toContain(SECRET);
});

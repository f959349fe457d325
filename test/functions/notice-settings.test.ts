import { describe, expect, it } from 'vitest';
import { createOutbound } from '../../src/outbound/post.ts';
import { exportedAudit } from '../lab/audit.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { FORBIDDEN_URLS } from '../outbound/forbidden.ts';

const CHANNEL = 'https://hooks.slack.com/services/T0/B0/very-secret-part';
const SECRETS = {
  ROLLOUT_NOTICE_HOOK: 'a-secret-of-more-than-32-characters-1',
  ROLLOUT_NOTICE_SHORT: 'too-short',
  ROLLOUT_NOTICE_SLACK: CHANNEL,
  ROLLOUT_NOTICE_EVIL: 'https://169.254.169.254/metadata',
};

const startPlain = (): Promise<Lab> =>
  startLab({
    ports: { notices: { post: createOutbound({ loopback: false }), secrets: SECRETS, loopback: false } },
  });

const hook = (url: string, secret = 'ROLLOUT_NOTICE_HOOK') => ({
  kind: 'webhook',
  name: 'hook',
  url,
  secret,
});

const GOOD = {
  hosts: ['hooks.example.com', 'hooks.slack.com'],
  targets: [
    hook('https://hooks.example.com/vmss'),
    { kind: 'slack', name: 'shop', urlFrom: 'ROLLOUT_NOTICE_SLACK' },
  ],
  routes: [{ targets: ['hook', 'shop'], kinds: ['ended'] }],
};

const put = (lab: Lab, settings: unknown, etag = '"notices-0"') =>
  lab.call('PUT', '/notices', { settings }, { 'if-match': etag });

describe('the settings of notices', () => {
  // Feature [Notices] Targets and the hosts that they may be at are one document of the admins: versioned, audited, set only over what was read (issue 18)
  it('are set over the version that was read, kept with who set them, and audited', async () => {
    await using lab = await startPlain();
    const none = await lab.call('GET', '/notices');
    expect([none.body.versions, none.headers.get('etag')]).toEqual([[], '"notices-0"']);
    expect((await lab.call('PUT', '/notices', { settings: GOOD })).status).toBe(428);
    const body = { settings: GOOD, reason: 'the new pager' };
    expect((await lab.call('PUT', '/notices', body, { 'if-match': '"notices-0"' })).status).toBe(200);
    expect((await put(lab, {})).status).toBe(412);
    expect((await put(lab, {}, '"policy-1"')).status).toBe(412);
    const { body: read, headers } = await lab.call('GET', '/notices');
    expect(read).toMatchObject({
      settings: GOOD,
      versions: [{ number: 1, by: 'ada', reason: 'the new pager' }],
    });
    expect((await put(lab, {}, headers.get('etag') ?? '')).status).toBe(200);
    const kinds = (await exportedAudit(lab)).records.map(({ kind }) => kind);
    expect(kinds).toEqual([
      'noticesIntended',
      'noticesSet',
      'noticesIntended',
      'noticesKept',
      'noticesIntended',
      'noticesSet',
    ]);
  });

  // Feature [Notices] Secrets of targets are app settings, named and never shown (issue 18)
  it('name secrets, and no answer has their values', async () => {
    await using lab = await startPlain();
    await put(lab, GOOD);
    const wrong = await put(lab, { ...GOOD, hosts: ['hooks.example.com'] }, '"notices-1"');
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'settings.targets.1.urlFrom' }] } });
    const told = JSON.stringify([
      wrong,
      await lab.call('GET', '/notices'),
      await lab.call('GET', '/notices/dead-letters'),
      await exportedAudit(lab),
    ]);
    for (const secret of ['very-secret-part', SECRETS.ROLLOUT_NOTICE_HOOK])
      expect(told).not.toContain(secret);
  });

  it('refuse every target that nothing may be sent to', async () => {
    await using lab = await startPlain();
    const hosts = ['hooks.example.com', '*.hooks.example.com'];
    for (const url of FORBIDDEN_URLS) {
      const refused = await put(lab, { hosts, targets: [hook(url)] });
      const { status, body } = refused;
      expect([url, status, body.errors[0].path]).toEqual([url, 400, 'settings.targets.0.url']);
    }
  });

  const WRONG: readonly (readonly [name: string, settings: object, path: string])[] = [
    ['a host by its address', { hosts: ['169.254.169.254'] }, 'settings.hosts.0'],
    ['a host in the form of a number', { hosts: ['2852039166'] }, 'settings.hosts.0'],
    ['a host of one word', { hosts: ['localhost'] }, 'settings.hosts.0'],
    ['every host', { hosts: ['*'] }, 'settings.hosts.0'],
    ['every host of the world below a dot', { hosts: ['*.com'] }, 'settings.hosts.0'],
    ['a host with a port', { hosts: ['hooks.example.com:8443'] }, 'settings.hosts.0'],
    [
      'another secret of the app',
      { targets: [hook('https://hooks.example.com/', 'AzureWebJobsStorage')] },
      'settings.targets.0.secret',
    ],
    [
      'the keys of the store',
      { targets: [hook('https://hooks.example.com/', 'ROLLOUT_ENCRYPTION_KEYS')] },
      'settings.targets.0.secret',
    ],
    [
      'a secret that is not there',
      { ...GOOD, targets: [hook('https://hooks.example.com/', 'ROLLOUT_NOTICE_NONE')], routes: [] },
      'settings.targets.0.secret',
    ],
    [
      'a short secret',
      { ...GOOD, targets: [hook('https://hooks.example.com/', 'ROLLOUT_NOTICE_SHORT')], routes: [] },
      'settings.targets.0.secret',
    ],
    [
      'a channel at a forbidden address',
      { ...GOOD, targets: [{ kind: 'teams', name: 'a', urlFrom: 'ROLLOUT_NOTICE_EVIL' }], routes: [] },
      'settings.targets.0.urlFrom',
    ],
    [
      'a webhook without a secret',
      { ...GOOD, targets: [{ ...GOOD.targets[0], secret: undefined }], routes: [] },
      'settings.targets.0.secret',
    ],
    [
      'a channel whose address is written down',
      { ...GOOD, targets: [{ ...GOOD.targets[1], url: CHANNEL }], routes: [] },
      'settings.targets.0.url',
    ],
    ['a route to nobody', { routes: [{ targets: ['nobody'] }] }, 'settings.routes.0.targets'],
    [
      'an unknown kind',
      { ...GOOD, routes: [{ targets: ['hook'], kinds: ['all'] }] },
      'settings.routes.0.kinds.0',
    ],
    [
      'two targets of one name',
      { ...GOOD, targets: [GOOD.targets[0], GOOD.targets[0]], routes: [] },
      'settings.targets.1.name',
    ],
  ];

  it.each(WRONG)('refuse %s', async (_, settings, path) => {
    await using lab = await startPlain();
    const refused = await put(lab, settings);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    expect((await lab.call('GET', '/notices')).body.versions).toEqual([]);
  });
});

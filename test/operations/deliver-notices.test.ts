import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { exportedAudit } from '../lab/audit.ts';
import { WEB } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';
import { eventsOf, setNotices, startNoticeLab, verify } from '../lab/notices.ts';
import type { NoticeLab } from '../lab/notices.ts';

const NOOP = { targets: { instances: ['0'] } };
const HOUR = 3_600_000;

/** A webhook that gets nothing but how rollouts end. */
const endsToHook = (origin: string) => ({
  targets: [{ kind: 'webhook', name: 'hook', url: `${origin}/hook`, secret: 'ROLLOUT_NOTICE_HOOK' }],
  routes: [{ targets: ['hook'], kinds: ['ended'] }],
});

async function deadLetters({ lab }: NoticeLab): Promise<readonly Body[]> {
  return (await lab.call('GET', '/notices/dead-letters')).body.value;
}

describe('a target that does not take a notice', () => {
  // Feature [Notices] Deliveries are tried again with growing, scattered pauses, then are dead letters that can be listed and sent again under their ids (issue 18)
  it('is tried again and again, then the delivery is a dead letter that can be sent again', async () => {
    await using notices = await startNoticeLab({ settings: endsToHook });
    const { lab, receiver } = notices;
    receiver.answer = (_request, response) => response.writeHead(503).end();
    const { id } = await lab.rollOut(NOOP);
    const tries: number[] = [];
    for (let ticks = 0; ticks < 8 * 240 && (await deadLetters(notices)).length === 0; ticks += 1) {
      const had = receiver.received.length;
      await notices.deliver();
      if (receiver.received.length > had) tries.push(lab.host.clock.now());
      await lab.host.advance(15_000);
    }
    const pauses = tries.slice(1).map((at, index) => (at - (tries[index] ?? 0)) / 1000);
    expect(pauses).toHaveLength(11);
    for (const [index, pause] of pauses.entries()) {
      const most = Math.min(3600, 30 * 2 ** index);
      expect(pause).toBeGreaterThanOrEqual(most / 2);
      // The timer looks every 15 seconds.
      expect(pause).toBeLessThanOrEqual(most + 15);
    }
    const [dead] = await deadLetters(notices);
    const [sent] = eventsOf(receiver.received);
    expect(dead).toMatchObject({ notice: sent?.id, target: 'hook', rollout: id, kind: 'ended', tries: 12 });
    expect(dead?.last).toMatchObject({ code: 'http503' });
    await lab.host.advance(HOUR);
    await notices.deliver();
    expect(receiver.received).toHaveLength(12);

    receiver.answer = (_request, response) => response.writeHead(200).end();
    const again = await lab.call('POST', `/notices/dead-letters/${dead?.id}/resend`, {
      reason: 'the pager is back',
    });
    expect(again).toMatchObject({ status: 200, body: { id: dead?.id } });
    await notices.deliver();
    await notices.deliver();
    expect([receiver.received.length, eventsOf(receiver.received).length]).toEqual([13, 1]);
    expect(await deadLetters(notices)).toEqual([]);
    expect((await lab.call('POST', `/notices/dead-letters/${dead?.id}/resend`, {})).status).toBe(404);
    const act = (await exportedAudit(lab)).records.find(({ kind }) => kind === 'resendIntended');
    expect(act?.message).toContain('the pager is back');
  });

  it('is given the time that it asks for', async () => {
    await using notices = await startNoticeLab({ settings: endsToHook });
    const { lab, receiver } = notices;
    receiver.answer = (_request, response) => response.writeHead(429, { 'retry-after': '600' }).end();
    await lab.rollOut(NOOP);
    await notices.deliver();
    const { underWay } = (await lab.call('GET', '/notices/dead-letters')).body;
    const nextAt = new Date(lab.host.clock.now() + 600_000).toISOString();
    expect(underWay).toEqual([{ target: 'hook', count: 1, tries: 1, nextAt, code: 'http429' }]);
    await lab.host.advance(590_000);
    await notices.deliver();
    expect(receiver.received).toHaveLength(1);
    await lab.host.advance(11_000);
    receiver.answer = (_request, response) => response.writeHead(204).end();
    await notices.deliver();
    expect(receiver.received).toHaveLength(2);
    expect((await lab.call('GET', '/notices/dead-letters')).body).toEqual({ value: [] });
  });

  it('is a dead letter at once if its target is gone, or may no longer be there', async () => {
    await using notices = await startNoticeLab({ settings: endsToHook });
    const { lab, receiver } = notices;
    await lab.rollOut(NOOP);
    // Addressed, and not sent: the target is in nobody's way.
    receiver.answer = (_request, response) => response.writeHead(503).end();
    await notices.deliver();
    await setNotices(lab, {}, '"notices-1"');
    await lab.host.advance(60_000);
    await notices.deliver();
    expect(await deadLetters(notices)).toMatchObject([{ last: { code: 'targetGone' }, tries: 2 }]);
    expect(receiver.received).toHaveLength(1);
  });
});

// Feature [Notices] A target that hangs holds up no rollout and no other target (issue 18)
it('lets no rollout wait for a target that hangs, and no other target', async () => {
  await using notices = await startNoticeLab({
    settings: (origin) => ({
      targets: ['slow', 'quick'].map((name) => ({
        kind: 'webhook',
        name,
        url: `${origin}/${name}`,
        secret: 'ROLLOUT_NOTICE_HOOK',
      })),
      routes: [{ targets: ['slow', 'quick'] }],
    }),
  });
  const { lab, receiver } = notices;
  const hanging: ServerResponse[] = [];
  receiver.answer = ({ url }, response) => {
    if (url === '/slow') hanging.push(response);
    else response.writeHead(204).end();
  };
  const id = await lab.start(NOOP);
  await lab.until(id, 'upgrading');
  const sending = notices.deliver();
  await lab.toEnd(id);
  expect((await lab.get(id)).phase).toBe('succeeded');
  const quick = (): number => receiver.received.filter(({ path }) => path === '/quick').length;
  while (hanging.length === 0 || quick() === 0) await new Promise((resolve) => void setTimeout(resolve, 5));
  for (const response of hanging) response.writeHead(503).end();
  hanging.push = (...more) => (more.forEach((response) => response.writeHead(503).end()), 0);
  await sending;
  expect(quick()).toBeGreaterThan(1);
});

describe('a route', () => {
  const path = (received: NoticeLab['receiver']['received'], at: string): number =>
    received.filter((one) => one.path === at).length;

  // Feature [Notices] Routes by scale set, label and kind; each target is told once (issue 18)
  it('leads by scale set, by label and by kind, to each target once', async () => {
    const names = ['all', 'shop', 'web', 'ends', 'others'];
    await using notices = await startNoticeLab({
      scaleSets: [
        { name: 'web', count: 2 },
        { name: 'api', count: 2 },
      ],
      settings: (origin) => ({
        targets: names.map((name) => ({
          kind: 'webhook',
          name,
          url: `${origin}/${name}`,
          secret: 'ROLLOUT_NOTICE_HOOK',
        })),
        routes: [
          { targets: ['all'] },
          { targets: ['all', 'ends'], kinds: ['ended'] },
          { targets: ['shop'], labels: { team: 'shop' }, kinds: ['ended'] },
          {
            targets: ['web'],
            scopes: [WEB.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')],
            kinds: ['ended'],
          },
          { targets: ['others'], scopes: ['/subscriptions/other'], kinds: ['ended'] },
        ],
      }),
    });
    const { lab, receiver } = notices;
    const { scaleSet } = await lab.rollOut({ labels: { team: 'shop', ring: '1' } });
    await lab.rollOut({ scaleSet: scaleSet.replace(/web$/, 'api'), labels: { team: 'search' } });
    await notices.deliver();
    expect(names.slice(1).map((name) => [name, path(receiver.received, `/${name}`)])).toEqual([
      ['shop', 1],
      ['web', 1],
      ['ends', 2],
      ['others', 0],
    ]);
    expect(eventsOf(receiver.received.filter((one) => one.path === '/all')).length).toBe(
      path(receiver.received, '/all'),
    );
  });
});

describe('a channel', () => {
  const CHAT = {
    settings: () => ({
      targets: [
        { kind: 'teams', name: 'teams', urlFrom: 'ROLLOUT_NOTICE_TEAMS' },
        { kind: 'slack', name: 'slack', urlFrom: 'ROLLOUT_NOTICE_SLACK' },
      ],
      routes: [{ targets: ['teams', 'slack'], kinds: ['approvalRequested'] }],
    }),
    secrets: (origin: string) => ({
      ROLLOUT_NOTICE_TEAMS: `${origin}/teams`,
      ROLLOUT_NOTICE_SLACK: `${origin}/slack`,
    }),
  };

  // Feature [Notices] Adaptive cards for Teams and blocks for Slack, in which no name or reason becomes a link (features 77)
  it('gets a card or blocks with what happened and a link, and no markup of anybody', async () => {
    await using notices = await startNoticeLab(CHAT);
    const { lab, receiver } = notices;
    const reason = '[click](https://evil.example) <https://evil.example|click> <!channel> **now**';
    const id = await lab.start({ approvals: { before: 'rollout' }, reason });
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
    await notices.deliver();
    const bodyAt = (at: string): Body =>
      JSON.parse(receiver.received.find(({ path: one }) => one === at)?.body ?? '');
    const card = bodyAt('/teams');
    expect(card).toMatchObject({
      type: 'message',
      attachments: [
        { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } },
      ],
    });
    const { body, actions } = card.attachments[0].content;
    // A TextRun is shown as it stands; a TextBlock would read Markdown.
    expect(new Set(body.map(({ type }: Body) => type))).toEqual(new Set(['RichTextBlock']));
    expect(JSON.stringify(body)).toContain(JSON.stringify(reason).slice(1, -1));
    expect(actions).toMatchObject([
      { type: 'Action.OpenUrl', url: expect.stringContaining(`/rollouts/${id}`) },
    ]);
    const { text, blocks } = bodyAt('/slack');
    expect(text).toContain('web');
    expect(JSON.stringify(blocks)).toContain(JSON.stringify(reason).slice(1, -1));
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
    expect(blocks.at(-1).elements[0]).toMatchObject({ type: 'button', url: expect.stringContaining(id) });
    expect(blocks[0].text.text.length).toBeLessThanOrEqual(150);
    for (const { headers } of receiver.received) expect(headers).not.toHaveProperty('vmss-rollout-signature');
  });
});

// Feature [Notices] While one secret replaces another, each request is signed with both (S18)
it('signs with both secrets while one replaces the other', async () => {
  const [fresh, old] = ['the-new-secret-of-more-than-32-chars', 'the-old-secret-of-more-than-32-chars'];
  await using notices = await startNoticeLab({
    settings: endsToHook,
    secrets: () => ({ ROLLOUT_NOTICE_HOOK: `${fresh}, ${old}` }),
  });
  const { lab, receiver } = notices;
  await lab.rollOut(NOOP);
  await lab.host.fireTimer('deliverNotices');
  const [one] = receiver.received;
  if (one === undefined) throw new Error('nothing was sent');
  const { headers, body } = one;
  const signed = `${String(headers['vmss-rollout-timestamp'])}.${String(headers['vmss-rollout-id'])}.${body}`;
  const macs = [fresh, old].map(
    (secret) => `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`,
  );
  expect(headers['vmss-rollout-signature']).toBe(macs.join(','));
});

// Feature [Notices] A request that is sent once more later, or altered, is told by its signature (S18)
it('is refused by a receiver when it is replayed later, or altered', async () => {
  await using notices = await startNoticeLab({ settings: endsToHook });
  const { lab, receiver } = notices;
  await lab.rollOut(NOOP);
  await notices.deliver();
  const [one] = receiver.received;
  if (one === undefined) throw new Error('nothing was sent');
  const now = lab.host.clock.now();
  const secret = 'a-secret-of-more-than-32-characters-1';
  expect(verify(one, secret, now).data.phase).toBe('succeeded');
  expect(() => verify(one, secret, now + 301_000)).toThrow('too old');
  expect(() => verify({ ...one, body: one.body.replace('succeeded', 'failed') }, secret, now)).toThrow(
    'signature',
  );
  expect(() => verify(one, `${secret}2`, now)).toThrow('signature');
  for (const name of ['vmss-rollout-id', 'vmss-rollout-timestamp']) {
    const value = String(one.headers[name]);
    const headers = { ...one.headers, [name]: `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}` };
    expect(() => verify({ ...one, headers }, secret, now)).toThrow('signature');
  }
});

import { describe, expect, it } from 'vitest';
import { eventsOf, startNoticeLab } from '../lab/notices.ts';
import type { NoticeLab } from '../lab/notices.ts';

const DAY = 86_400_000;

interface Asked {
  readonly id: string;
  readonly page: URL;
  readonly token: string;
}

/** A rollout that waits for an approval, and the link that its request has. */
async function asked(notices: NoticeLab): Promise<Asked> {
  const { lab, receiver } = notices;
  const id = await lab.start({ approvals: { before: [0, 1], timeoutSeconds: 3 * 86_400 } });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await notices.deliver();
  const request = eventsOf(receiver.received).find(({ data }) => data.kind === 'approvalRequested');
  const page = new URL(request?.data.page);
  return { id, page, token: page.searchParams.get('gate') ?? '' };
}

describe('the link in a request for an approval', () => {
  // Feature [Notices] The link of an approval request is signed, opens the gate's page and never acts on GET (S9, issue 14)
  it('leads to the page of the rollout, says which gate it is for, and changes nothing, however often', async () => {
    await using notices = await startNoticeLab();
    const { lab } = notices;
    const { id, page, token } = await asked(notices);
    expect(page.origin + page.pathname).toBe(`https://rollouts.example/api/dashboard/rollouts/${id}`);
    const { planHash } = await lab.get(id);
    const before = lab.store.changes;
    for (let times = 0; times < 10; times += 1) {
      const { status, body } = await lab.call('GET', `/rollouts/${id}/gate-links/${token}`);
      expect([status, body]).toEqual([200, expect.objectContaining({ batch: 0, open: true, planHash })]);
    }
    expect(lab.store.changes).toBe(before);
    expect((await lab.get(id)).phase).toBe('waiting');
    for (const command of ['approve', 'reject']) {
      const reply = await lab.host.request(
        new Request(`http://app/api/rollouts/${id}/${command}?gate=${token}`),
      );
      expect([404, 405]).toContain(reply.status);
    }
    expect(lab.store.changes).toBe(before);
    const kinds = (await lab.call('GET', `/rollouts/${id}/events`)).body.value.map(({ kind }: never) => kind);
    expect(kinds).not.toContain('approve');
  });

  it('leads nowhere if any character of it is another one', async () => {
    await using notices = await startNoticeLab();
    const { lab } = notices;
    const { id, token } = await asked(notices);
    const follow = async (one: string, rollout = id): Promise<number> =>
      (await lab.call('GET', `/rollouts/${rollout}/gate-links/${one}`)).status;
    expect(await follow(token)).toBe(200);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === '1' ? '2' : '1';
      expect([at, await follow(token.slice(0, at) + other + token.slice(at + 1))]).toEqual([at, 400]);
    }
    expect(await follow(token.slice(0, -1))).toBe(400);
    expect(await follow(`${token}0`)).toBe(400);
    expect(await follow(token.toUpperCase() === token ? 'A' : token.toUpperCase())).toBe(400);
    await lab.send(id, 'abort');
    await lab.toEnd(id);
    const another = await lab.start({ approvals: { before: [0] } });
    await lab.until(another, ({ waitingFor }) => waitingFor?.kind === 'approval');
    expect(await follow(token, another)).toBe(400);
  });

  it('leads nowhere after a day, however long the gate waits', async () => {
    await using notices = await startNoticeLab();
    const { lab } = notices;
    const { id, token } = await asked(notices);
    await lab.host.advance(DAY - 3_600_000);
    expect((await lab.call('GET', `/rollouts/${id}/gate-links/${token}`)).status).toBe(200);
    await lab.host.advance(3_700_000);
    expect((await lab.get(id)).phase).toBe('waiting');
    const late = await lab.call('GET', `/rollouts/${id}/gate-links/${token}`);
    expect([late.status, late.body.code]).toEqual([410, 'linkExpired']);
  });

  it('is for one gate: the next one has its own', async () => {
    await using notices = await startNoticeLab();
    const { lab, receiver } = notices;
    const { id, token } = await asked(notices);
    await lab.send(id, 'approve');
    await lab.until(id, ({ waitingFor, batch }) => batch === 1 && waitingFor?.kind === 'approval');
    const decided = await lab.call('GET', `/rollouts/${id}/gate-links/${token}`);
    expect([decided.status, decided.body.open, decided.body.planHash]).toEqual([200, false, undefined]);
    await notices.deliver();
    const requests = eventsOf(receiver.received).filter(({ data }) => data.kind === 'approvalRequested');
    const next = new URL(requests[1]?.data.page).searchParams.get('gate') ?? '';
    expect(next).not.toBe(token);
    expect((await lab.call('GET', `/rollouts/${id}/gate-links/${next}`)).body).toMatchObject({
      batch: 1,
      open: true,
    });
  });
});

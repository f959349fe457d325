import { describe, expect, it } from 'vitest';
import { faultsIn } from '../../cli/audit-chain.ts';
import { exportedAudit, expectAudited } from '../lab/audit.ts';
import { signIn } from '../lab/bound-app.ts';
import { writes } from '../lab/judge.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { DAY, purge, status, twoEnded } from '../lab/purge.ts';
import { atCommit } from '../lab/records.ts';

const ADA = '00000000-0000-4000-8000-0000000000a1';
const BOB = '00000000-0000-4000-8000-0000000000b1';

const kinds = (all: Awaited<ReturnType<typeof exportedAudit>>) => all.records.map(({ kind }) => kind);

/** Approved by one person, requested by another, both with a name. */
async function approved(lab: Lab): Promise<string> {
  signIn(`Ada Lovelace (${ADA})`);
  const id = await lab.start({ approvals: { before: 'rollout' }, reason: 'patch day' });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await lab.send(id, 'approve', { reason: 'looked at it' }, `Bob (${BOB})`);
  await lab.toEnd(id);
  return id;
}

describe('the audit of a rollout', () => {
  // Feature [Audit] Each rollout has a hash chain of who did what and why, with plan hash, ETags and the service's request ids (issue 14)
  it('tells of each event and of each write before it, with plan, ETags and request ids', async () => {
    await using lab = await startLab();
    const id = await approved(lab);
    await expectAudited(lab, id);
    const { records } = await exportedAudit(lab, `?rollout=${id}`);
    const [first] = records;
    expect(first).toMatchObject({ number: 1, kind: 'requested', by: ADA, previous: '0'.repeat(64) });
    const { planHash } = await lab.get(id);
    for (const record of records.slice(2)) expect(record['planHash']).toBe(planHash);
    const model = records.find(({ kind }) => kind === 'modelIntended');
    const accepted = records.find(({ kind }) => kind === 'modelAccepted');
    expect(model).toMatchObject({ etagBefore: expect.any(String) });
    expect(accepted).toMatchObject({ etagAfter: expect.any(String), requestId: expect.any(String) });
    expect(accepted?.['etagAfter']).not.toBe(model?.['etagBefore']);
    const sent = records.filter(({ kind }) => kind === 'upgradeAccepted');
    expect(sent.length).toBeGreaterThan(1);
    for (const { requestId } of sent) expect(requestId).toEqual(expect.any(String));
  });

  // Feature [Audit] People stand in the audit by the object ids of their accounts, never by name or address (S14, issue 14)
  it('names people by their object ids alone', async () => {
    await using lab = await startLab();
    const id = await approved(lab);
    const all = await exportedAudit(lab);
    expect(JSON.stringify(await lab.call('GET', `/rollouts/${id}/events`))).toContain('Lovelace');
    expect(JSON.stringify(all)).not.toMatch(/Lovelace|Bob/);
    expect(all.records.find(({ kind }) => kind === 'approve')).toMatchObject({ by: BOB });
    expect(all.records.find(({ kind }) => kind === 'approved')?.message).toContain(BOB);
  });

  // Feature [Audit] The audit outlives the purge of its rollout, which is an act in the audit itself (S15)
  it('outlives the purge of the rollout, and the purge is told', async () => {
    await using lab = await startLab({ count: 2 });
    const { first } = await twoEnded(lab);
    await lab.host.fireTimer('anchorAudit');
    const before = await exportedAudit(lab, `?rollout=${first}`);
    await lab.host.advance(91 * DAY);
    await purge(lab);
    expect(await status(lab, first)).toBe(404);
    const after = await exportedAudit(lab, `?rollout=${first}`);
    expect(after.records).toEqual(before.records);
    const all = await exportedAudit(lab);
    expect(faultsIn(all)).toEqual([]);
    expect(all.records.find(({ kind }) => kind === 'purgeIntended')?.message).toContain(first);
    expect(all.heads.map(({ chain }) => chain)).toContain(first);
  });

  // Feature [Audit] Where the audit cannot be written, nothing is written to Azure (S24)
  //   shown by: the audit of a rollout > sends nothing once it cannot be written, from commit 2 on
  it.each([1, 2, 5, 9])('sends nothing once it cannot be written, from commit %i on', async (commit) => {
    await using lab = await startLab({ count: 4 });
    let commits = 0;
    let sent: number | undefined;
    const back = atCommit(lab.store, async (change, write) => {
      const isAudit = change.puts.some(({ row }) => row.startsWith('z-audit-'));
      if (!isAudit) return write(change);
      commits += 1;
      if (commits < commit) return write(change);
      sent ??= writes(lab.log).length;
      throw new Error('the audit is down');
    });
    const id = await lab.start();
    await lab.host.advance(600_000);
    expect(sent).toBeDefined();
    expect(writes(lab.log)).toHaveLength(sent ?? -1);
    back();
    await lab.toEnd(id);
    await expectAudited(lab, id);
  });
});

describe('the audit of all other acts', () => {
  // Feature [Audit] Policy, freeze and leases have a chain of their own, written before they are done (issue 14)
  it('tells of them before they are done, and what became of them', async () => {
    await using lab = await startLab();
    signIn(`Ada Lovelace (${ADA})`);
    await lab.call('POST', '/freeze', { reason: 'incident 42' });
    await lab.call('DELETE', '/freeze', { reason: 'over' });
    const policy = { policy: { rules: [] }, reason: 'audit' };
    await lab.call('PUT', '/policy', policy, { 'if-match': '"policy-0"' });
    await lab.call('PUT', '/policy', policy, { 'if-match': '"policy-0"' });
    const all = await exportedAudit(lab);
    expect(kinds(all)).toEqual([
      'freezeIntended',
      'frozen',
      'liftIntended',
      'lifted',
      'policyIntended',
      'policySet',
      'policyIntended',
      'policyKept',
    ]);
    expect(all.records[0]).toMatchObject({
      chain: 'acts',
      by: ADA,
      message: expect.stringContaining('incident 42'),
    });
    expect(faultsIn(all)).toEqual([]);
  });

  it('is not done where it cannot be told', async () => {
    await using lab = await startLab();
    const policy = { policy: { rules: [] } };
    atCommit(lab.store, async (change, write) => {
      if (change.partition === 'audit') throw new Error('the audit is down');
      return write(change);
    });
    expect((await lab.call('PUT', '/policy', policy, { 'if-match': '"policy-0"' })).status).toBe(503);
    expect((await lab.call('POST', '/freeze', { reason: 'x' })).status).toBe(503);
    expect((await lab.call('GET', '/policy')).body.versions).toEqual([]);
    expect((await lab.call('GET', '/freeze')).body.frozen).toBe(false);
  });

  it('takes acts at once one after the other', async () => {
    await using lab = await startLab();
    await Promise.all(
      Array.from({ length: 8 }, (_, number) => lab.call('POST', '/freeze', { reason: `incident ${number}` })),
    );
    const all = await exportedAudit(lab);
    expect(all.records).toHaveLength(16);
    expect(faultsIn(all)).toEqual([]);
  });
});

describe('GET /audit', () => {
  // Feature [Audit] The audit is found by rollout, by caller and by time, page after page (issue 14)
  it('finds by caller and by time, and pages through all chains', async () => {
    await using lab = await startLab({ count: 4 });
    const id = await approved(lab);
    signIn(`Ada Lovelace (${ADA})`);
    await lab.host.advance(DAY);
    const later = new Date(lab.host.clock.now()).toISOString();
    for (let number = 0; number < 80; number += 1) {
      await lab.call(number % 2 === 0 ? 'POST' : 'DELETE', '/freeze', { reason: `drill ${number}` });
    }
    const all = await exportedAudit(lab);
    expect(all.records.filter(({ chain }) => chain === 'acts')).toHaveLength(160);
    expect(faultsIn(all)).toEqual([]);
    const bobs = await exportedAudit(lab, `?by=${BOB}`);
    expect(kinds(bobs)).toEqual(['approve']);
    const recent = await exportedAudit(lab, `?from=${later}`);
    expect(new Set(recent.records.map(({ chain }) => chain))).toEqual(new Set(['acts']));
    expect(recent.records).toHaveLength(160);
    const early = await exportedAudit(lab, `?to=${later}&by=${ADA}&rollout=${id}`);
    expect(early.records[0]).toMatchObject({ kind: 'requested', chain: id });
  });

  it.each(['rollout=a/b', 'from=yesterday', 'skipToken=x', 'who=ada'])('refuses ?%s', async (query) => {
    await using lab = await startLab();
    expect((await lab.call('GET', `/audit?${query}`)).status).toBe(400);
    expect((await lab.call('GET', '/audit?rollout=never')).body).toEqual({ value: [], heads: [] });
  });
});

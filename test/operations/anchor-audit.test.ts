import { expect, it } from 'vitest';
import { faultsIn } from '../../cli/audit-chain.ts';
import { exportedAudit } from '../lab/audit.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { DAY } from '../lab/purge.ts';

const anchor = (lab: Lab) => lab.host.fireTimer('anchorAudit');
const anchored = async (lab: Lab) => (await exportedAudit(lab)).anchors;

// Feature [Audit] Every quarter of an hour chains that went on are anchored, each anchor with the hash of the one before (S23)
it('anchors each chain that has gone on, once', async () => {
  await using lab = await startLab({ count: 4 });
  await anchor(lab);
  expect(await anchored(lab)).toEqual([]);
  const id = await lab.start();
  await lab.until(id, 'upgrading');
  await anchor(lab);
  await lab.toEnd(id);
  await lab.host.runToEnd(id);
  await lab.host.advance(DAY);
  await anchor(lab);
  await anchor(lab);
  await lab.call('POST', '/freeze', { reason: 'incident' });
  await anchor(lab);
  const all = await exportedAudit(lab);
  expect(all.anchors.map(({ heads }) => heads.map(({ chain }) => chain))).toEqual([[id], [id], ['acts']]);
  const last = all.anchors[1]?.heads[0];
  expect(last?.count).toBe(all.records.filter(({ chain }) => chain === id).length);
  expect(faultsIn(all)).toEqual([]);
});

it('anchors a rollout that began and ended between two anchors', async () => {
  await using lab = await startLab({ count: 2 });
  await lab.call('POST', '/freeze', { reason: 'incident' });
  await lab.call('DELETE', '/freeze', { reason: 'over' });
  await anchor(lab);
  const { id } = await lab.rollOut();
  await lab.host.runToEnd(id);
  await anchor(lab);
  expect((await anchored(lab))[1]?.heads.map(({ chain }) => chain)).toEqual([id]);
});

it('goes on after an anchor that was written by a run that died', async () => {
  await using lab = await startLab({ count: 2 });
  for (const [index, when] of (['before', 'after'] as const).entries()) {
    await lab.call(index === 0 ? 'POST' : 'DELETE', '/freeze', { reason: when });
    const before = lab.store.calls.length;
    await anchor(lab);
    const calls = lab.store.calls.length - before;
    await lab.call(index === 1 ? 'POST' : 'DELETE', '/freeze', { reason: when });
    for (let call = 1; call <= calls; call += 1) {
      lab.store.fail({ call: lab.store.calls.length + call, when, forGood: true });
      await anchor(lab).catch(() => undefined);
      lab.store.heal();
    }
    await anchor(lab);
  }
  const all = await exportedAudit(lab);
  expect(faultsIn(all)).toEqual([]);
  expect(all.anchors.at(-1)?.heads).toEqual(all.heads.filter(({ chain }) => chain === 'acts'));
});

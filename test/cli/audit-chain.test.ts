import { expect, it } from 'vitest';
import { faultsIn } from '../../cli/audit-chain.ts';
import { livedAudit, missedIn } from '../lab/tampered.ts';

it('finds each of 500 random changes of an audit, and none in what the app tells', async () => {
  const all = await livedAudit();
  expect(faultsIn(all)).toEqual([]);
  expect(new Set(all.records.map(({ chain }) => chain)).size).toBe(3);
  expect(all.anchors.length).toBe(2);
  expect(missedIn(all, 500)).toEqual([]);
});

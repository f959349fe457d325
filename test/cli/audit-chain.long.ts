import { expect, it } from 'vitest';
import { livedAudit, missedIn } from '../lab/tampered.ts';

// Feature [Audit] Any record that is changed, dropped, moved or cut off is found: 10,000 random tries (issue 14)
it('finds each of 10,000 random changes of an audit', async () => {
  expect(missedIn(await livedAudit(), 10_000)).toEqual([]);
});

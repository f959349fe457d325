import { describe, expect, it } from 'vitest';
import { writes } from '../lab/judge.ts';
import { startLab } from '../lab/lab.ts';

describe('an approval is not got round', () => {
  it.each([{ before: 'rollout' }, { before: [0] }, { before: 'batch' }])(
    'by skipping the first batch: %j',
    async (approvals) => {
      await using lab = await startLab();
      const id = await lab.start({ approvals });
      await lab.until(id, 'waiting');
      expect((await lab.send(id, 'skip', { batch: 0 })).status).toBe(202);
      await lab.host.advance(3600_000);
      expect(writes(lab.log)).toEqual([]);
      expect((await lab.get(id)).phase).toBe('waiting');
      await lab.send(id, 'approve', {}, 'grace');
      await lab.until(id, (r) => r.phase !== 'waiting');
      expect((await lab.get(id)).phase).toBe('applyingModel');
    },
  );
});

import { describe, expect, it } from 'vitest';
import { seededScheduler } from '../../local/host/drivers/ids.ts';
import { drawn, told } from '../lab/drawn.ts';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { LabOptions } from '../lab/lab.ts';

const BAD: LabOptions = { faults: [{ kind: 'badImage', version: NEW, updateDomains: [2] }] };

const ROLLOUTS: readonly {
  readonly name: string;
  readonly options?: LabOptions;
  readonly spec?: Record<string, unknown>;
  readonly end: string;
}[] = [
  { name: 'batch by batch', end: 'succeeded' },
  { name: 'sliding', spec: { strategy: { pacing: 'sliding' } }, end: 'succeeded' },
  { name: 'into a rollback', options: BAD, end: 'rolledBack' },
  { name: 'with soak', spec: { soakSeconds: 120 }, end: 'succeeded' },
];

/** Longer than most of them take. */
const MOST_SECONDS = 1800;
const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);

describe('a freeze at a random moment', () => {
  // Feature [Control] A freeze in any second of a rollout stops it from writing, and what is lifted goes on to its end (S35)
  it('is followed by no write until it is lifted, in 200 seeded rollouts', async () => {
    let held = 0;
    for (const seed of told('freezes', drawn('freezes', SEEDS))) {
      const { options = {}, spec, end } = ROLLOUTS[seed % ROLLOUTS.length] ?? { end: '' };
      await using lab = await startLab({ seed, ...options });
      const id = await lab.start(spec);
      await lab.host.advance(seededScheduler(seed).pick(MOST_SECONDS * 1000));
      await lab.call('POST', '/freeze', { reason: `seed ${seed}` });
      const sent = writes(lab.log).length;
      await lab.host.advance(2 * 3600_000);
      expect(writes(lab.log), `seed ${seed}`).toHaveLength(sent);
      const { waitingFor } = await lab.get(id);
      if (waitingFor?.kind === 'freeze') held += 1;
      await lab.call('DELETE', '/freeze', { reason: 'over' });
      expect((await lab.toEnd(id)).phase, `seed ${seed}`).toBe(end);
      expectImages(lab, end === 'succeeded' ? NEW : OLD);
      expectSafe(lab, end === 'succeeded' ? {} : { mostDisruptions: 2 });
    }
    expect(held).toBeGreaterThan(5);
  });
});

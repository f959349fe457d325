import { expect, it } from 'vitest';
import { missesOf } from '../../bench/support/gates.ts';
import { rollOut } from '../../bench/support/rollout.ts';
import type { Compute } from '../../src/azure/port.ts';
import type { Lab } from '../lab/lab.ts';

const LATE_MILLISECONDS = 30_000;

/** Each look at instances comes half a minute later than it could. */
function late(compute: Compute, { host }: Lab): Compute {
  return {
    ...compute,
    async instances(address) {
      await host.clock.sleep(LATE_MILLISECONDS);
      return compute.instances(address);
    },
    async instance(address, id) {
      await host.clock.sleep(LATE_MILLISECONDS);
      return compute.instance(address, id);
    },
  };
}

/** Whoever looks at one instance lists them all. */
function listing(compute: Compute): Compute {
  return {
    ...compute,
    async instance(address, id) {
      await compute.instances(address);
      return compute.instance(address, id);
    },
  };
}

it('a look that comes 30 seconds late fails the bench', async () => {
  const shape = { count: 100, pacing: 'barrier', seed: 1 } as const;
  expect(missesOf([await rollOut(shape)], 'barrier', 100).filter((miss) => miss.startsWith('P1'))).toEqual(
    [],
  );
  const slow = missesOf([await rollOut({ ...shape, planted: late })], 'barrier', 100);
  expect(slow.filter((miss) => miss.startsWith('P1')).length).toBeGreaterThan(0);
});

it('a list of all pages in each look fails the bench', async () => {
  const shape = { count: 1000, pacing: 'barrier', seed: 221 } as const;
  const asIs = missesOf([await rollOut(shape)], 'barrier', 1000);
  expect(asIs.filter((miss) => miss.startsWith('P4'))).toEqual([]);
  const dear = missesOf([await rollOut({ ...shape, planted: listing })], 'barrier', 1000);
  expect(dear.filter((miss) => miss.startsWith('P4'))).toHaveLength(1);
});

import { expect, it } from 'vitest';
import { cpuRows, verifiedRow } from '../../bench/support/processor.ts';

const shares = { app: 0.4, simulator: 0.3, host: 0.2, lab: 0.1 };

/** What 10 instances, 100 sets of them, and 1,000 instances took. */
const took = (small: number, sets: number, large: number) =>
  cpuRows([
    { count: 10, sets: 1, wholeMs: small, shares },
    { count: 10, sets: 100, wholeMs: sets, shares },
    { count: 1000, sets: 1, wholeMs: large, shares },
  ]);

it('tells the app’s part of the processor time apart, and of whom the rest is', () => {
  const [alone] = took(100, 10_000, 1000);
  expect(alone).toMatchObject({
    measured: '0.40 ms, of 1.00 with simulator (0.30), host (0.20) and storage (0.10)',
    holds: true,
  });
  const [dearer] = took(100, 10_000, 1300);
  expect(dearer).toMatchObject({ holds: false });
});

it('tells to which power the time of the app grows', () => {
  const [, linear] = took(100, 10_000, 1000);
  expect(linear).toMatchObject({ measured: '0.50; 1.00', holds: true });
  const [, inSets] = took(100, 13_000, 1000);
  expect(inSets).toMatchObject({ measured: '0.50; 1.06', holds: false });
  const [, inInstances] = took(1, 100, 200);
  expect(inInstances).toMatchObject({ measured: '1.15; 1.00', holds: false });
});

it('counts rollouts a minute from the processor time of one', () => {
  expect(verifiedRow({ instances: 10, cpuMs: 60, wallMs: 90 })).toMatchObject({
    measured: '1000',
    holds: true,
  });
  expect(verifiedRow({ instances: 10, cpuMs: 61, wallMs: 61 })).toMatchObject({
    measured: '984',
    holds: false,
  });
});

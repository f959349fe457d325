import { expect, it } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { bindPorts } from '../lab/bound-app.ts';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const SLIDING = { strategy: { pacing: 'sliding', maxUnavailable: '20%' } };

function requests(log: readonly LogEntry[], operation: string): readonly (LogEntry & { kind: 'request' })[] {
  return log.filter((entry) => entry.kind === 'request').filter((entry) => entry.operation === operation);
}

/** When upgrades went out, seconds since the log's beginning. */
function sentAt({ log }: Lab): readonly number[] {
  const begun = log[0]?.time ?? 0;
  return writes(log)
    .filter(({ operation }) => operation === 'manualupgrade')
    .map(({ time }) => (time - begun) / 1000);
}

// Feature [Pacing] Sliding over several pages asks for instances that hold slots one by one, and is never throttled (Issue 19)
//   shown by: slides over several pages within what Azure grants, above the floor, seed 1
it.each([1, 2, 3])(
  'slides over several pages within what Azure grants, above the floor, seed %i',
  async (seed) => {
    await using lab = await startLab({ count: 300, seed });
    const rollout = await lab.rollOut(SLIDING);
    expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 300, upgraded: 300 } });
    expectImages(lab, NEW);
    expectSafe(lab, { floor: 240 });
    expect(new Set(Object.values(acceptedUpgradesPerInstance(lab.log)))).toEqual(new Set([1]));
    expect(lab.log.filter((entry) => entry.kind === 'request' && entry.status === 429)).toEqual([]);
    expect(requests(lab.log, 'getInstance').length).toBeGreaterThan(300);
  },
);

it('sends nobody while the list is too old for the floor, and goes on when there is a new one', async () => {
  await using lab = await startLab({ count: 200 });
  const { compute } = lab.ports;
  const begun = lab.host.clock.now();
  const [from, to] = [200, 600];
  const isScarce = (): boolean => {
    const passed = (lab.host.clock.now() - begun) / 1000;
    return passed > from && passed < to;
  };
  const scarce = Object.assign(Object.create(compute) as typeof compute, {
    secondsUntilPages: () => (isScarce() ? 10 : 0),
  });
  bindPorts({ ...lab.ports, compute: scarce });
  const rollout = await lab.rollOut(SLIDING);
  expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 200, upgraded: 200, gone: 0 } });
  expectSafe(lab, { floor: 160 });
  const times = sentAt(lab);
  // Slots were free all the time, as those that held them were still looked at one by one.
  expect(times.some((time) => time > from && time < from + 76)).toBe(true);
  expect(times.filter((time) => time > from + 76 && time < to)).toEqual([]);
  expect(times.some((time) => time > to)).toBe(true);
});

it('leaves room for instances that go down by themselves while it slides', async () => {
  await using lab = await startLab({ count: 300 });
  const id = await lab.start(SLIDING);
  await lab.until(id, ({ instances }) => instances.upgraded >= 60);
  const ill = Array.from({ length: 20 }, (_, index) => String(270 + index));
  lab.sim.inject({ kind: 'sickInstance', instances: ill });
  // By then they are known, and those that were under way at the time are back.
  await lab.host.advance(300_000);
  const known = lab.log.length;
  await lab.host.advance(600_000);
  const down = new Set<string>();
  let most = 0;
  for (const [index, entry] of lab.log.entries()) {
    if (entry.kind !== 'instance' || entry.change !== 'serving') continue;
    if (entry.value) down.delete(entry.instance);
    else down.add(entry.instance);
    if (index > known) most = Math.max(most, down.size);
  }
  expect(most).toBeGreaterThan(30);
  expect(most).toBeLessThanOrEqual(60);
});

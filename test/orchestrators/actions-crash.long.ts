import { expect, it } from 'vitest';
import { dieAtCall } from '../lab/die.ts';
import { drawnSteps, steps, told } from '../lab/drawn.ts';
import { startLab } from '../lab/lab.ts';
import { acts, powerNow } from '../lab/power.ts';

const IDS = ['2', '7', '12'];
const SPEC = {
  targets: { updateDomains: [2] },
  strategy: { mostDisruptiveAllowed: 'deallocate', acceptIrreversible: true },
};

interface Sweep {
  readonly change: Record<string, unknown>;
  readonly accepted: readonly string[];
  readonly left: number;
  readonly power?: string;
}

const GROUP = (action: string) => ({ change: { action }, accepted: [`${action} 2,7,12`], left: 15 });

const SWEEPS: readonly (readonly [string, Sweep])[] = [
  ['restart', { ...GROUP('restart'), power: 'running' }],
  ['powerOff', { ...GROUP('powerOff'), power: 'stopped' }],
  ['deallocate', { ...GROUP('deallocate'), power: 'deallocated' }],
  ['delete', { change: { action: 'delete' }, accepted: ['deleteInstances 2,7,12'], left: 12 }],
  [
    'protect',
    { change: { action: 'protect' }, accepted: ['2', '7', '12'].map((id) => `putInstance ${id}`), left: 15 },
  ],
];

// Feature [API] A power action is done once to each instance, wherever the process dies (API)
//   shown by: does delete once wherever the process dies
it.each(SWEEPS)('does %s once wherever the process dies', async (name, { change, accepted, left, power }) => {
  const spec = { ...SPEC, change };
  const calls = await countCalls(spec);
  const { from, step } = drawnSteps(`deaths with ${name}`, 1);
  let run = 0;
  for (const call of told(`deaths with ${name}`, steps(from, calls, step))) {
    await using lab = await startLab();
    const id = await lab.start(spec);
    const when = run % 2 === 0 ? 'before' : 'after';
    run += 1;
    await dieAtCall(lab, call, when);
    const { phase, instances } = await lab.toEnd(id);
    expect({ call, when, phase, upgraded: instances.upgraded, acts: acts(lab) }).toEqual({
      call,
      when,
      phase: 'succeeded',
      upgraded: 3,
      acts: accepted,
    });
    expect(lab.sim.scaleSet('web')?.instances).toHaveLength(left);
    if (power !== undefined) expect(new Set(Object.values(powerNow(lab.log, IDS)))).toEqual(new Set([power]));
    expect(lab.host.diagnostics).toEqual([]);
  }
});

async function countCalls(spec: Record<string, unknown>): Promise<number> {
  await using probe = await startLab();
  const id = await probe.start(spec);
  const before = probe.store.calls.length;
  await probe.host.runToEnd(id);
  return probe.store.calls.length - before;
}

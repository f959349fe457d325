import { startLab } from '../../test/lab/lab.ts';
import { median } from './median.ts';

/* What one whole rollout of ten instances takes in virtual time, simulator, host and checks included. */

const INSTANCES = 10;
const ROLLOUTS = 10;
const BATCHES = 7;

/** Of one rollout, in milliseconds; the processor time is the honest figure, since the machine may have other things to do. */
export interface Power {
  readonly instances: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

async function batch(): Promise<Pick<Power, 'cpuMs' | 'wallMs'>> {
  const began = performance.now();
  const before = process.cpuUsage();
  for (let seed = 1; seed <= ROLLOUTS; seed += 1) await rollOut(seed);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000 / ROLLOUTS, wallMs: (performance.now() - began) / ROLLOUTS };
}

async function rollOut(seed: number): Promise<void> {
  await using lab = await startLab({ count: INSTANCES, seed });
  const { phase } = await lab.rollOut();
  if (phase !== 'succeeded') throw new Error(`The rollout ended ${phase}.`);
}

// The first batch only warms the engine up.
await batch();
const batches: Pick<Power, 'cpuMs' | 'wallMs'>[] = [];
for (let round = 0; round < BATCHES; round += 1) batches.push(await batch());
const power: Power = {
  instances: INSTANCES,
  cpuMs: median(batches.map(({ cpuMs }) => cpuMs)),
  wallMs: median(batches.map(({ wallMs }) => wallMs)),
};
console.log(JSON.stringify(power));

import { startLab } from '../test/lab/lab.ts';
import { median } from './support/median.ts';

/** Whole rollouts in virtual time, for each minute that one core computes. */
const WANTED = 600;

const INSTANCES = 10;
const ROLLOUTS = 10;
const BATCHES = 7;

interface Batch {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** The processor time of this process is the honest figure: the machine may have other things to do. */
async function batch(): Promise<Batch> {
  const began = performance.now();
  const before = process.cpuUsage();
  for (let seed = 1; seed <= ROLLOUTS; seed += 1) await rollOut(seed);
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - began };
}

async function rollOut(seed: number): Promise<void> {
  await using lab = await startLab({ count: INSTANCES, seed });
  const rollout = await lab.rollOut();
  if (rollout.phase !== 'succeeded') throw new Error(`The rollout ended ${rollout.phase}.`);
}

const perMinute = (ms: number): number => Math.round((ROLLOUTS * 60_000) / ms);

// The first batch only warms the engine up.
await batch();
const batches: Batch[] = [];
for (let round = 0; round < BATCHES; round += 1) batches.push(await batch());
const cpu = perMinute(median(batches.map(({ cpuMs }) => cpuMs)));
const wall = perMinute(median(batches.map(({ wallMs }) => wallMs)));
console.log(
  `lab, rollouts of ${INSTANCES} instances: ${cpu} a minute and core (wanted: ${WANTED}), ${wall} a minute on the wall clock`,
);

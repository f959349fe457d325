import { Session } from 'node:inspector/promises';
import { scaleSetId, startLab } from '../../test/lab/lab.ts';
import { median } from './median.ts';
import { sharesOf } from './shares.ts';
import type { Shares } from './shares.ts';

/*
 * P9: what rollouts take of the processor, and the app's own part of that: orchestrators, activities and their libraries.
 * Simulator, host and app run in one thread, so the whole is measured without a profiler, and a profile of the same
 * rollouts says how it divides. Every turn replays its history, as it does in the cloud.
 */

interface Shape {
  /** Of each set. */
  readonly count: number;
  readonly sets: number;
  /** How often it is measured; and how many rollouts, or fleets of them, each time. */
  readonly rounds: number;
  readonly rollouts: number;
}

export interface Cpu {
  readonly count: number;
  readonly sets: number;
  /** Of all rollouts that run at a time, in milliseconds. */
  readonly wholeMs: number;
  readonly shares: Shares;
}

async function rollOut({ count, sets }: Shape, seed: number): Promise<void> {
  const names = Array.from({ length: sets }, (_, index) => `web${index}`);
  const scaleSets = names.map((name) => ({ name, count }));
  await using lab = await startLab({ scaleSets, seed, replays: 'everyTurn' });
  const ids: string[] = [];
  for (const name of names)
    ids.push(await lab.start({ scaleSet: scaleSetId(name), strategy: { maxUnavailable: '20%' } }));
  for (const id of ids) {
    const { phase } = await lab.toEnd(id);
    if (phase !== 'succeeded') throw new Error(`A rollout of ${count} ended ${phase}.`);
  }
}

async function round(shape: Shape): Promise<void> {
  for (let seed = 1; seed <= shape.rollouts; seed += 1) await rollOut(shape, seed);
}

async function wholeOf(shape: Shape): Promise<number> {
  const before = process.cpuUsage();
  await round(shape);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / shape.rollouts;
}

async function profiled(shape: Shape): Promise<Shares> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await round(shape);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return sharesOf(profile);
}

async function measure(shape: Shape): Promise<Cpu> {
  // The first only warms the engine up, which those before a whole fleet have done.
  if (shape.sets === 1) await rollOut(shape, 1);
  const wholes: number[] = [];
  for (let rounds = 0; rounds < shape.rounds; rounds += 1) wholes.push(await wholeOf(shape));
  const { count, sets } = shape;
  return { count, sets, wholeMs: median(wholes), shares: await profiled(shape) };
}

const measured: Cpu[] = [];
measured.push(await measure({ count: 10, sets: 1, rounds: 5, rollouts: 10 }));
measured.push(await measure({ count: 10, sets: 100, rounds: 1, rollouts: 1 }));
measured.push(await measure({ count: 1000, sets: 1, rounds: 5, rollouts: 1 }));
console.log(JSON.stringify(measured));

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceAt } from '../local/platform/demo/service.ts';
import { startPlatform } from '../local/platform/platform.ts';
import { freePort } from '../local/platform/ports.ts';
import { buildRealHost, dotnetVersion } from '../local/real/dotnet.ts';
import { startRealPlatform } from '../local/real/platform.ts';
import { stateFolder } from '../test/e2e/support/state.ts';
import { buildApp } from '../tools/build.ts';
import { median } from './support/median.ts';

const ROOT = join(import.meta.dirname, '..');
const ROUNDS = 5;
const TIME_SCALE = 60;
const INSTANCES = 15;
/** One for each update domain. */
const BATCHES = 5;
const LOOK_MILLISECONDS = 100;
const WANTED_SECONDS = 3;

/** Seconds from the start of a rollout to its end. */
async function rollOut(url: string, arm: string): Promise<number> {
  const { id: scaleSet } = await serviceAt(arm).scaleSet();
  const spec = { scaleSet, change: { image: { version: 'latest' } }, health: { stableSeconds: 1 } };
  const startedAt = performance.now();
  const { id } = await ask(`${url}/api/rollouts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(spec),
  });
  for (;;) {
    const { phase, endedAt } = await ask(`${url}/api/rollouts/${id}`);
    if (endedAt !== null && phase !== 'succeeded') throw new Error(`the rollout ended ${phase}`);
    if (endedAt !== null) return (performance.now() - startedAt) / 1000;
    await delay(LOOK_MILLISECONDS);
  }
}

interface Answered {
  readonly id: string;
  readonly phase: string;
  readonly endedAt: string | null;
}

async function ask(url: string, init: RequestInit = {}): Promise<Answered> {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.json()) as Answered;
}

const simulated = { timeScale: TIME_SCALE, scaleSets: [`web:${INSTANCES}`], seed: 1 };

async function onEmbedded(): Promise<number> {
  using folder = stateFolder('bench-real');
  const options = { ...simulated, app: ROOT, state: folder.path, port: await freePort(0) };
  const platform = await startPlatform(options, new AbortController().signal);
  try {
    return await rollOut(platform.url, platform.arm);
  } finally {
    await platform.stop();
  }
}

async function onReal(program: string): Promise<number> {
  using folder = stateFolder('bench-real');
  await using platform = await startRealPlatform({ ...simulated, app: ROOT, program, state: folder.path });
  // Awaited here, while the platform lives.
  return await rollOut(platform.url, platform.arm);
}

async function main(): Promise<void> {
  const sdk = await dotnetVersion();
  if (sdk === undefined) {
    console.log('There is no .NET SDK here (`dotnet`), so the real engine is not measured.');
    return;
  }
  const program = await buildRealHost(sdk);
  await buildApp(ROOT);
  const embedded: number[] = [];
  const real: number[] = [];
  // In turn, so that both meet the same machine.
  for (let round = 0; round < ROUNDS; round += 1) {
    embedded.push(await onEmbedded());
    real.push(await onReal(program));
    const [one, other] = [embedded.at(-1) ?? 0, real.at(-1) ?? 0];
    console.log(`round ${round + 1}: embedded ${one.toFixed(1)} s, real ${other.toFixed(1)} s`);
  }
  const more = (median(real) - median(embedded)) / BATCHES;
  console.log(
    `a rollout of ${INSTANCES}, medians of ${ROUNDS}: embedded ${median(embedded).toFixed(1)} s, real ${median(real).toFixed(1)} s`,
  );
  console.log(`real engine, more for each batch: ${more.toFixed(1)} s (wanted: at most ${WANTED_SECONDS} s)`);
}

await main();

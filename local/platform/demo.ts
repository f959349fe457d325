import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { buildErrorText } from '../../tools/build-error.ts';
import { ensureBuilt } from '../../tools/built.ts';
import { cacheCompiled } from '../../tools/compile-cache.ts';
import { parseInstances, parseSeed } from './arguments.ts';
import { runRollout, type Around } from './demo/rollout.ts';
import { serviceAt } from './demo/service.ts';
import { STORY_SETS, tellStory } from './demo/story.ts';
import { exitVerdict, judgeRollback, judgeUpgrade, printVerdicts } from './demo/verdicts.ts';
import { startPlatform } from './platform.ts';
import { freePort } from './ports.ts';
import { endAsked } from './signals.ts';

interface DemoArguments {
  readonly instances: number;
  readonly seed: number;
  readonly story?: true;
}

const ROOT = join(import.meta.dirname, '..', '..');
const TIME_SCALE = 120;
const UPDATE_DOMAINS = 5;
/** Azure counts update domains anew in each placement group, which holds so many instances. */
const PLACEMENT_GROUP = 100;
/** The newest that the simulator knows, then one that comes out later and is bad. */
const NEWEST_VERSION = '22.04.202611010';
const BAD_VERSION = '22.04.202612090';
/** Instances settle within 2 s at this time scale; a bad one is waited for so long before it counts as bad. */
const HEALTH_TIMEOUT_SECONDS = 6;
const EXIT = { succeeded: 0, rolledBack: 4 };

function parseArguments(): DemoArguments {
  // npm keeps an option before `--` for itself, and says nothing.
  for (const name of ['instances', 'seed', 'story']) {
    if (process.env[`npm_config_${name}`] !== undefined) {
      console.error(
        `error: write -- before the options: npm run demo -- --${name}${name === 'story' ? '' : ' N'}`,
      );
      throw new CommanderError(1, 'demo.separator', 'options before --');
    }
  }
  return new Command('npm run demo --')
    .description('Two rollouts on this machine: one that succeeds, and one that meets a bad image.')
    .option('--instances <n>', 'how many instances the scale set has, 1 to 1000', parseInstances, 15)
    .option('--seed <n>', "of the simulator's randomness", parseSeed, 1)
    .option('--story', 'instead: a schedule, two rings, a window, approvals, and a version that is bad')
    .exitOverride()
    .parse()
    .opts<DemoArguments>();
}

/** Both rollouts with their verdicts; answers whether all of them hold. */
async function rollTwice({ instances }: DemoArguments, around: Around): Promise<boolean> {
  const { service } = around;
  const { id: scaleSet } = await service.scaleSet();
  // One instance always stays serving unless 100% is written, and a set of one cannot be upgraded otherwise.
  const largestDomain = Math.ceil(Math.min(instances, PLACEMENT_GROUP) / UPDATE_DOMAINS);
  const floor = instances === 1 ? 0 : Math.max(1, instances - largestDomain);
  const badDomain = Math.min(1, instances - 1);
  const options = ['--stable-seconds', '1', ...(instances === 1 ? ['--max-unavailable', '100%'] : [])];

  console.log('1. To the newest image, one update domain after the other\n');
  const upgrade = await runRollout({ scaleSet, version: 'latest', options }, around);
  const { model: before } = await service.scaleSet();

  console.log(`2. To an image that makes the instances of update domain ${badDomain} unhealthy\n`);
  await service.publishImage(BAD_VERSION);
  await service.inject({ kind: 'badImage', version: BAD_VERSION, updateDomains: [badDomain] });
  options.push('--health-timeout-seconds', String(HEALTH_TIMEOUT_SECONDS));
  const rollback = await runRollout({ scaleSet, version: BAD_VERSION, options }, around);
  const { model: after } = await service.scaleSet();

  console.log("Judged by the simulator's own log\n");
  const holds = [
    printVerdicts('rollout 1', [
      exitVerdict(upgrade.exitCode, EXIT.succeeded),
      ...judgeUpgrade(upgrade.passage, { floor, image: NEWEST_VERSION }),
    ]),
    printVerdicts('rollout 2', [
      exitVerdict(rollback.exitCode, EXIT.rolledBack),
      ...judgeRollback(rollback.passage, { floor, badDomain, models: { before, after } }),
    ]),
  ];
  return holds.every(Boolean);
}

async function run(given: DemoArguments, asked: AbortSignal): Promise<boolean> {
  const local = join(ROOT, '.local');
  mkdirSync(local, { recursive: true });
  const state = mkdtempSync(join(local, 'demo-'));
  try {
    const platform = await startPlatform(
      {
        app: ROOT,
        port: await freePort(0),
        state,
        timeScale: TIME_SCALE,
        scaleSets: given.story === true ? STORY_SETS : [`web:${given.instances}`],
        seed: given.seed,
        built: ensureBuilt(ROOT),
      },
      asked,
    );
    try {
      const broken = new AbortController();
      void platform.broken.then((error) => broken.abort(error));
      const ending = AbortSignal.any([asked, broken.signal]);
      const around = {
        url: platform.url,
        service: serviceAt(platform.arm),
        timeScale: TIME_SCALE,
        ending,
      };
      return given.story === true
        ? await tellStory({ ...around, folder: state })
        : await rollTwice(given, around);
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

const startedAt = performance.now();
cacheCompiled();
const asked = endAsked();
try {
  const given = parseArguments();
  console.log(
    `${given.story === true ? `Scale sets: ${STORY_SETS.join(', ')}` : `Instances: ${given.instances}, update domains: ${UPDATE_DOMAINS}`}, seed: ${given.seed}. ` +
      `The simulator runs ${TIME_SCALE} times as fast as Azure.\n`,
  );
  const holds = await run(given, asked);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(holds ? `everything holds, after ${seconds} s` : `something is broken, after ${seconds} s`);
  process.exitCode = holds ? 0 : 1;
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (asked.aborted) {
    console.log('interrupted; everything is stopped');
    process.exitCode = 130;
  } else {
    console.error(`the demo failed: ${buildErrorText(error)}`);
    process.exitCode = 1;
  }
}

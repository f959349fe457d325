import { once } from 'node:events';
import { join, relative, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { buildErrorText } from '../../tools/build-error.ts';
import { ensureBuilt } from '../../tools/built.ts';
import { cacheCompiled } from '../../tools/compile-cache.ts';
import { addScaleSet, parseArm, parsePort, parseScale, parseSeed } from './arguments.ts';
import { startPlatform, type PlatformOptions } from './platform.ts';
import { publishAddress } from './pointer.ts';
import { freePort, isFree } from './ports.ts';
import { endAsked } from './signals.ts';
import { describeSimulated } from './simulated.ts';
import { claimState } from './state.ts';

interface StartArguments {
  readonly port?: number;
  readonly arm?: string;
  readonly auth?: boolean;
  readonly timeScale: number;
  readonly scaleSet?: readonly string[];
  readonly seed?: number;
  readonly state: string;
  readonly app?: string;
}

const ROOT = join(import.meta.dirname, '..', '..');
/** Where the CLI looks for the local function app. */
const LOCAL_APP_FILE = join(ROOT, '.local', 'app.json');
const USUAL_PORT = 7071;

function parseArguments(): StartArguments {
  return new Command('npm start --')
    .description(
      'Runs the function app on this machine, with storage and a simulator of Azure Resource Manager.',
    )
    .option('--port <port>', `where the API answers (default: ${USUAL_PORT}, or a free one)`, parsePort)
    .option('--arm <url>', 'talk to this service; start no simulator', parseArm)
    .option('--auth', 'let nobody in without a token of a local issuer')
    .option('--time-scale <n>', 'the simulator runs n times as fast as Azure', parseScale, 1)
    .option('--scale-set <name:count>', 'a simulated scale set (repeatable)', addScaleSet)
    .option('--seed <n>', "of the simulator's randomness", parseSeed)
    .option('--state <dir>', 'where everything is kept between starts', join(ROOT, '.local', 'state'))
    .option('--app <dir>', 'run another function app folder')
    .exitOverride()
    .parse()
    .opts<StartArguments>();
}

async function choosePort(asked: number | undefined): Promise<number> {
  if (asked === undefined) return freePort(USUAL_PORT);
  if (await isFree(asked)) return asked;
  throw new Error(`port ${asked} is in use; name another with --port, or leave it out`);
}

async function platformOptions(given: StartArguments, state: string): Promise<PlatformOptions> {
  return {
    app: given.app === undefined ? ROOT : resolve(given.app),
    port: await choosePort(given.port),
    state,
    timeScale: given.timeScale,
    scaleSets: given.scaleSet ?? [],
    ...(given.app === undefined ? { built: ensureBuilt(ROOT) } : {}),
    ...(given.arm === undefined ? {} : { arm: given.arm }),
    ...(given.auth === undefined ? {} : { auth: given.auth }),
    ...(given.seed === undefined ? {} : { seed: given.seed }),
  };
}

async function run(given: StartArguments, ending: AbortSignal): Promise<void> {
  const state = resolve(given.state);
  using claim = claimState(state);
  const options = await platformOptions(given, claim.directory);
  const platform = await startPlatform(options, ending);
  try {
    using pointer = publishAddress(LOCAL_APP_FILE, platform.url);
    console.log(`Azure Resource Manager  ${platform.arm}`);
    if (given.arm === undefined) {
      console.log(`simulated               ${await describeSimulated(platform.arm, options)}`);
    }
    if (platform.issuer !== undefined) {
      console.log(`issuer                  ${platform.issuer}`);
      console.log(
        `a token for the CLI     npm run -s issuer -- token --url ${platform.issuer} --user ada --role admin`,
      );
    }
    if (given.app === undefined) console.log(`page                    ${platform.url}/api/dashboard`);
    console.log(`state and logs          ${relative(process.cwd(), state) || '.'}`);
    console.log(`ready ${pointer.url}`);
    if (given.app === undefined) console.log(whatNext(given));
    const failure = await Promise.race([platform.broken, untilAborted(ending)]);
    if (failure !== undefined) throw failure;
  } finally {
    await platform.stop();
  }
  console.log('ended; the next npm start on this state goes on with every rollout');
}

/** What somebody who has just started it would want to do. */
function whatNext({ arm, scaleSet: [first] = [] }: StartArguments): string {
  const scaleSet = first?.split(':')[0] ?? (arm === undefined ? 'web' : 'NAME');
  const commands = [
    ['npx vmss-rollout scale-sets list', 'what is there'],
    [`npx vmss-rollout plan --scale-set ${scaleSet} --image-version latest`, 'what a rollout would do'],
    [`npx vmss-rollout start --scale-set ${scaleSet} --image-version latest --wait`, 'roll it out'],
    ['npx vmss-rollout --help', 'everything else'],
  ] as const;
  const width = Math.max(...commands.map(([command]) => command.length));
  return ['next:', ...commands.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`)].join('\n');
}

async function untilAborted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, 'abort');
}

cacheCompiled();
const ending = endAsked();
try {
  await run(parseArguments(), ending);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error !== ending.reason) {
    console.error(`cannot run the local platform: ${buildErrorText(error)}`);
    process.exitCode = 1;
  }
}

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { FaultError, type FaultInput } from './faults/schema.ts';
import { serve } from './server/server.ts';
import { PROFILE_NAMES, PROFILES } from './profile.ts';
import { createSimulator } from './simulator.ts';
import { JournalError, openJournal, type Journal, type JournalStart } from './state/journal.ts';
import { parseScaleSet } from './work/new-scale-set.ts';
import { createScaledClock } from './time/clock.ts';

const USAGE =
  'Usage: npm run simulator -- --port P --time-scale N --scale-set NAME:COUNT [--scale-set ...] ' +
  '[--seed N] [--profile default|quiet|kind] [--faults FILE] [--state FILE]';

const Options = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  'time-scale': z.coerce.number().positive(),
  'scale-set': z.array(z.string().regex(/^[^:]+:\d+$/, 'must be NAME:COUNT')),
  seed: z.coerce.number().int(),
  profile: z.enum(PROFILE_NAMES),
  faults: z.string().optional(),
  state: z.string().optional(),
});

function readOptions(): z.infer<typeof Options> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'time-scale': { type: 'string', default: '1' },
      'scale-set': { type: 'string', multiple: true, default: ['web:15'] },
      seed: { type: 'string', default: '1' },
      profile: { type: 'string', default: 'default' },
      faults: { type: 'string' },
      state: { type: 'string' },
    },
  });
  return Options.parse(values);
}

function readFaults(file: string | undefined): FaultInput[] {
  return file === undefined
    ? []
    : z.array(z.custom<FaultInput>()).parse(JSON.parse(readFileSync(file, 'utf8')));
}

type Settings = Omit<JournalStart, 'kind'>;

function settingsOf(options: z.infer<typeof Options>): Settings {
  return {
    time: Date.now(),
    timeScale: options['time-scale'],
    seed: options.seed,
    profile: options.profile,
    scaleSets: options['scale-set'].map(parseScaleSet),
    faults: readFaults(options.faults),
  };
}

/** A file that has a past goes on with the settings that it began with; the service went on meanwhile. */
function openState(file: string | undefined, given: Settings): { settings: Settings; journal?: Journal } {
  if (file === undefined) return { settings: given };
  const journal = openJournal(file);
  const [first] = journal.past;
  if (first === undefined) {
    journal.append({ kind: 'start', ...given });
    return { settings: given, journal };
  }
  if (first.kind !== 'start') throw new JournalError(`${file} does not begin with a start`);
  return { settings: first, journal };
}

async function main(): Promise<void> {
  const options = readOptions();
  const { settings, journal } = openState(options.state, settingsOf(options));
  const { timeScale, seed, profile, scaleSets, time } = settings;
  const simulator = createSimulator({
    clock: createScaledClock(Date.now, timeScale, time),
    started: time,
    timeScale,
    seed,
    profile: PROFILES[profile],
    scaleSets,
    faults: z.array(z.custom<FaultInput>()).parse(settings.faults),
    ...(journal === undefined ? {} : { journal }),
  });
  const server = await serve(simulator, options.port);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
  console.log(`ready http://127.0.0.1:${server.port}`);
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof z.ZodError || (error instanceof TypeError && 'code' in error);
  const message = error instanceof z.ZodError ? z.prettifyError(error) : error;
  if (isUsage || error instanceof FaultError || error instanceof JournalError)
    console.error(`${String(message)}\n\n${USAGE}`);
  else console.error(error);
  process.exitCode = isUsage ? 2 : 1;
}

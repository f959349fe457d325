import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { cacheCompiled } from './tools/compile-cache.ts';
import { NightReporter } from './tools/night-reporter.ts';
import { ROOMY } from './tools/roomy.ts';

cacheCompiled();

const lane = (name: string, include: string[], testTimeout: number, env: Record<string, string> = {}) => ({
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout,
    env,
    // The page of features finds a test by the comment above it.
    includeTaskLocation: true,
    hookTimeout: 60_000,
    pool: 'forks' as const,
    execArgv: ROOMY,
  },
});

/**
 * Tests that start no process, load no other app and leave nothing behind, so that one process does for many files: to
 * load the app and the SDK takes longer than most of them.
 */
const SHARED = [
  'access/**/*',
  'activities/**/*',
  // Two of them change what the whole process logs, and how it connects.
  'azure/!(logging|network)',
  // One starts the command line as a process.
  'cli/!(bin)',
  'core/**/*',
  // One drives a browser.
  'dashboard/!(journeys)',
  'docs/**/*',
  'functions/**/*',
  'identity/**/*',
  'operations/**/*',
  'orchestrators/**/*',
  'outbound/**/*',
  'platform/**/*',
  'replay/**/*',
  'simulation/**/*',
  'simulator/**/*',
  // Those of Azure's start Azurite.
  'store/*',
].map((files) => `test/${files}.test.ts`);

/** The lane, where all of it is run: a run of one file or of one test must not pass for it. */
function wholeLane([command, option, name, ...more]: readonly string[]): string | undefined {
  return command === 'run' && option === '--project' && more.length === 0
    ? name?.replace('*', '')
    : undefined;
}

const whole = wholeLane(process.argv.slice(2));

const night = process.argv.includes('night') ? [new NightReporter()] : [];
// What a whole lane has shown is kept for `npm run features`.
const kept: ['json', { outputFile: string }][] =
  whole === undefined ? [] : [['json', { outputFile: `.local/reports/${whole}.json` }]];

/**
 * What everybody runs before a commit; what CI adds: recordings, a drawn tenth of each sweep and kill loop, and the real
 * engine; and the files of the long lane with all of it, which takes hours (test/lab/drawn.ts).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...lane('fast', ['test/**/*.test.ts'], 60_000).test,
          exclude: ['**/node_modules/**', 'dist/**', ...SHARED],
        },
      },
      { test: { ...lane('fast-shared', SHARED, 60_000).test, isolate: false } },
      { ...lane('long', ['test/**/*.long.ts'], 900_000) },
      { ...lane('night', ['test/**/*.long.ts'], 4 * 3_600_000, { LANE: 'night' }) },
      {
        test: {
          ...lane('real', ['test/**/*.real.ts'], 600_000).test,
          globalSetup: ['test/real/support/global-setup.ts'],
          // Scenarios wait for timers and for messages to be seen again: most of the time none of them works.
          maxConcurrency: 6,
        },
      },
    ],
    // Two or three files of the fast lane at a time wait for child processes, so there are two workers more than cores; the
    // kill loops of the long one need room, yet half of its files wait for processes, too.
    ...(whole === 'fast' && { maxWorkers: availableParallelism() + 2 }),
    ...(whole === 'long' && { maxWorkers: availableParallelism() }),
    // Both files of the real lane side by side, however few the cores.
    ...(whole === 'real' && { maxWorkers: 2 }),
    reporters: ['default', ...night, ...kept],
  },
});

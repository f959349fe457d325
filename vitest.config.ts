import { defineConfig } from 'vitest/config';

const lane = (name: string, include: string[], testTimeout: number) => ({
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout,
    // The page of features finds a test by the comment above it.
    includeTaskLocation: true,
    hookTimeout: 60_000,
    pool: 'forks' as const,
  },
});

/** The lane, where all of it is run: a run of one file or of one test must not pass for it. */
function wholeLane([command, option, name, ...more]: readonly string[]): string | undefined {
  return command === 'run' && option === '--project' && more.length === 0 ? name : undefined;
}

const whole = wholeLane(process.argv.slice(2));

/** Two lanes: what everybody runs before a commit, and what CI adds (kill loops, sweeps, golden recordings). */
export default defineConfig({
  test: {
    projects: [
      { ...lane('fast', ['test/**/*.test.ts'], 60_000) },
      { ...lane('long', ['test/**/*.long.ts'], 900_000) },
    ],
    // Much of the fast lane waits for child processes, so every core has a worker; the kill loops of the long one need room.
    ...(whole === 'fast' && { maxWorkers: '100%' }),
    // What a whole lane has shown is kept for `npm run features`.
    reporters:
      whole === undefined
        ? ['default']
        : ['default', ['json', { outputFile: `.local/reports/${whole}.json` }]],
  },
});

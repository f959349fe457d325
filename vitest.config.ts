import { defineConfig } from 'vitest/config';

const lane = (name: string, include: string[], testTimeout: number) => ({
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', 'dist/**'],
    testTimeout,
    hookTimeout: 60_000,
    pool: 'forks' as const,
  },
});

/** Two lanes: what everybody runs before a commit, and what CI adds (kill loops, sweeps, golden recordings). */
export default defineConfig({
  test: {
    projects: [
      { ...lane('fast', ['test/**/*.test.ts'], 60_000) },
      { ...lane('long', ['test/**/*.long.ts'], 900_000) },
    ],
  },
});

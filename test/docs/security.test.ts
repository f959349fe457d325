import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/SECURITY.md', 'utf8');

const ROWS = page.split('\n').flatMap((line) => {
  const [, number = '', state = '', shown = ''] =
    /^\| (S\d+) +\|[^|]+\| (holds|partly|not yet) +\| (.*?) *\|$/.exec(line) ?? [];
  return number === '' ? [] : [{ number, state, shown }];
});

const tests = ROWS.flatMap(({ number, shown }) =>
  [...shown.matchAll(/`(test\/\S+) > ([^`]+)`/g)].map(([, file = '', name = '']) => ({ number, file, name })),
);

describe('the checklist of security', () => {
  // Feature [Deployment] Every control of the checklist stands on the page, with its test or with what is missing (issue 14)
  it('has every control, in order', () => {
    expect(ROWS.map(({ number }) => number)).toEqual(
      Array.from({ length: 35 }, (_, index) => `S${index + 1}`),
    );
  });

  it.each(ROWS)('$number ($state) names a test, or says what is missing', ({ number, state, shown }) => {
    expect(shown.length).toBeGreaterThan(20);
    if (state === 'holds') expect(tests.filter((one) => one.number === number)).not.toEqual([]);
  });

  it.each(tests)('$number: $file has the test "$name"', ({ file, name }) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8').replaceAll('\\', '')).toContain(name);
  });

  it('has neither an eval nor a child process in what is deployed', () => {
    const found = globSync('src/**/*.ts').filter((file) =>
      /child_process|\beval\(|new Function\(|vm'|import\((?!\s*')/.test(readFileSync(file, 'utf8')),
    );
    expect(found).toEqual([]);
  });
});

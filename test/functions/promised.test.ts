import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOCUMENT } from '../lab/described.ts';

const CONTRACT = '../shared/contract.md';
const present = existsSync(CONTRACT);
if (!present) console.log(`${CONTRACT} is absent: the API is not held against the names that were promised.`);

/** Promised, and not there yet: whole areas of the API by their first word. */
const NOT_YET = /^(?:GET|POST) \/scale-sets\/\{…\}/;

/** What the first column of the contract's tables names; `/instances` beside `…/plan` stands in its place. */
function promised(): readonly string[] {
  const cells = readFileSync(CONTRACT, 'utf8')
    .split('\n')
    .flatMap((line) => /^\| (`(?:[A-Z]+ )?\/.*?) \|/.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) => {
    let base = '';
    return [...cell.matchAll(/`(?:([A-Z]+) )?(…?\/[^`?\s]*)/g)].map(([, method = 'GET', path = '']) => {
      const above = path.startsWith('…')
        ? base
        : ['/instances', '/events'].includes(path)
          ? parentOf(base)
          : '';
      const whole = `${above}${path.replace(/^…/, '')}`;
      if (base === '' || above === '') base = whole;
      return `${method} ${whole}`;
    });
  });
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

const described = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

it.skipIf(!present)('answers each request that the contract promises', () => {
  const names = promised();
  expect(names).toContain('DELETE /freeze');
  expect(names).toContain('GET /rollouts/{id}/events');
  const missing = names.filter((name) => {
    const pattern = new RegExp(
      `^${name.replace('{…}', '.+').replaceAll(/\{[^}]*\}/g, '[^/]+')}(?:/\\{path\\})?$`,
    );
    return !NOT_YET.test(name) && !described.some((one) => pattern.test(one));
  });
  expect(missing).toEqual([]);
});

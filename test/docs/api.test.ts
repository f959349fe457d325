import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call } from '../../client/call.ts';
import { OPERATIONS } from '../../client/operations.ts';
import { DOCUMENT } from '../lab/described.ts';
import { bare, madeFromApi } from '../../tools/api.ts';

const ROOT = join(import.meta.dirname, '../..');

// Feature [API] Types of a client and the reference in docs/API.md, made from the description (The API)
//   shown by: what is made from the description of the API > docs/API.md is as the API is
describe('what is made from the description of the API', () => {
  it.each([...madeFromApi()])('%s is as the API is', (file, text) => {
    expect(bare(text).length).toBeGreaterThan(1000);
    const isSame = bare(readFileSync(join(ROOT, file), 'utf8')) === bare(text);
    expect(isSame, `run npm run api -- --write`).toBe(true);
  });
});

/** What the command line does not ask for, and why. */
const NOT_TYPED: Readonly<Record<string, string>> = {
  getOpenApi: 'for programs that read the description',
  getApiPage: 'for a browser',
  getPage: 'for a browser; `open` shows where',
  getHealth: 'for probes of the platform',
  getCaller: 'for the page, which shows what its user may do',
  getGateLink: 'for the page, which the link in a request for an approval opens',
};

// Feature [API] The typed client has every operation, and the command line asks for each of them (The API)
//   shown by: every operation of the API > is in the client as the description has it
describe('every operation of the API', () => {
  const described = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      operationId,
      method: method.toUpperCase(),
      path,
    })),
  );

  it('is in the client as the description has it', () => {
    const known = Object.entries(OPERATIONS).map(([operationId, one]) => ({ operationId, ...one }));
    const byId = <T extends { readonly operationId: string }>(all: readonly T[]): readonly T[] =>
      all.toSorted((a, b) => a.operationId.localeCompare(b.operationId));
    expect(byId(known)).toEqual(byId(described));
    expect(known.length).toBeGreaterThan(50);
  });

  it('is asked for by a command, or not with a reason', () => {
    const sources = globSync('cli/**/*.ts', { cwd: ROOT }).map((file) =>
      readFileSync(join(ROOT, file), 'utf8'),
    );
    const all = sources.join('\n');
    const isAsked = (operation: string): boolean => {
      // `pauseRollout` is made of the name of the command.
      const [, verb, of = ''] = /^([a-z]+)(Rollout|Campaign)$/.exec(operation) ?? [];
      const isMade = verb !== undefined && all.includes(`}${of}\``) && all.includes(`'${verb}'`);
      return all.includes(`'${operation}'`) || isMade;
    };
    const missing = described
      .map(({ operationId }) => operationId)
      .filter((operation) => !isAsked(operation));
    expect(missing.toSorted()).toEqual(Object.keys(NOT_TYPED).toSorted());
  });
});

describe('a call of the client', () => {
  it.each([
    [call('getLeases', {}), { operation: 'getLeases', method: 'GET', path: '/api/leases' }],
    [
      call('getPlan', { path: { id: 'a/b?c' } }),
      { operation: 'getPlan', method: 'GET', path: '/api/rollouts/a%2Fb%3Fc/plan' },
    ],
    [
      call('getRollouts', { query: { top: 5, phase: undefined, scaleSet: '/s 1' } }),
      { operation: 'getRollouts', method: 'GET', path: '/api/rollouts?top=5&scaleSet=%2Fs+1' },
    ],
    [
      call('approveRollout', { path: { id: 'r' }, body: { batch: 1 } }),
      { operation: 'approveRollout', method: 'POST', path: '/api/rollouts/r/approve', body: { batch: 1 } },
    ],
  ])('is written as a URL wants it: %o', (made, wanted) => {
    // The query's order is the one in which it was given.
    expect(made).toEqual(wanted);
  });
});

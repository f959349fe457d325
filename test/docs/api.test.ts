import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call } from '../../client/call.ts';
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

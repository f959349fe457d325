import { expect, it } from 'vitest';
import { aCompute, ADDRESS } from './fake-arm.ts';

const LOOKED_AT = Date.parse('2026-11-20T12:00:00Z');

/** A service, and a credential that takes so many seconds to give a token. */
function slowToken(seconds: number) {
  let now = LOOKED_AT;
  const credential = {
    getToken: async () => {
      now += seconds * 1000;
      return { token: 'the-token', expiresOnTimestamp: now + 3_600_000 };
    },
  };
  const settings = { endpoint: 'https://arm.example', credential, clock: { now: () => now } };
  return aCompute(() => new Response(null, { status: 202 }), settings);
}

it('sends what has its token within five seconds of the last look', async () => {
  const { compute, requests } = slowToken(5);
  const writes = compute.writing({ lookedAt: LOOKED_AT });
  expect(await writes.act(ADDRESS, 'upgrade', ['0'])).toEqual({ kind: 'accepted' });
  expect(requests.map(({ method }) => method)).toEqual(['POST']);
});

it.each(['patchModel', 'patchExtension', 'act', 'protectInstance', 'changeDisks', 'setRepairs'] as const)(
  'sends no %s whose token came later',
  async (name) => {
    const { compute, requests } = slowToken(5.001);
    const writes = compute.writing({ lookedAt: LOOKED_AT });
    const sent = {
      patchModel: () => writes.patchModel(ADDRESS, {}, '"1"'),
      patchExtension: () => writes.patchExtension(ADDRESS, 'app', {}),
      act: () => writes.act(ADDRESS, 'upgrade', ['0']),
      protectInstance: () => writes.protectInstance(ADDRESS, '0', {}, '"1"'),
      changeDisks: () => writes.changeDisks(ADDRESS, '0', { attach: [], detach: [] }),
      setRepairs: () => writes.setRepairs(ADDRESS, 'Suspend'),
    };
    expect(Object.keys(writes).sort()).toEqual(Object.keys(sent).sort());
    expect(await sent[name]()).toMatchObject({ kind: 'notSent' });
    expect(requests).toEqual([]);
  },
);

it('reads at any time', async () => {
  const { compute, requests } = slowToken(60);
  expect(await compute.scaleSet(ADDRESS)).toMatchObject({ kind: 'unreachable' });
  expect(requests.map(({ method }) => method)).toEqual(['GET']);
});

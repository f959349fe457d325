import { describe, expect, it } from 'vitest';
import { drawn, told } from '../../lab/drawn.ts';
import { CANONICAL, expectHolds, placesOf } from '../../lab/places.ts';
import type { Placed } from '../../lab/places.ts';

/** One line each; what a line puts in is put in at every place that it can hit, one at a time. */
const PLACED: readonly Placed[] = [
  {
    name: 'an empty list',
    at: (nth) => [{ kind: 'shortList', nth }],
    hits: ({ operation }) => operation === 'listInstances',
  },
  {
    name: 'a list without two',
    at: (nth) => [{ kind: 'shortList', nth, lacks: ['1', '6'] }],
    hits: ({ operation }) => operation === 'listInstances',
  },
  {
    name: 'a view without health and extensions',
    at: (nth) => [{ kind: 'partialView', nth, lacks: ['vmHealth', 'extensions'] }],
    hits: ({ operation }) => ['listInstances', 'getInstance', 'instanceView'].includes(operation),
  },
  {
    name: 'a lost answer',
    at: (nth) => [{ kind: 'lostAnswer', nth }],
    hits: () => true,
  },
  {
    name: 'a write whose answer is lost, and slow lists',
    at: (nth) => [
      { kind: 'lostAnswer', operation: ['patch', 'manualupgrade'], nth },
      { kind: 'slowAnswer', operation: 'listInstances', seconds: 25, count: 'always' },
    ],
    hits: ({ operation }) => operation === 'patch' || operation === 'manualupgrade',
  },
  {
    name: 'an answer that comes after 28 seconds',
    at: (nth) => [{ kind: 'slowAnswer', seconds: 28, nth }],
    hits: () => true,
  },
  {
    name: 'missing rights, twice',
    at: (nth) => [{ kind: 'accessDenied', nth, count: 2 }],
    hits: () => true,
  },
  {
    name: 'an expired token, twice',
    at: (nth) => [{ kind: 'accessDenied', why: 'expiredToken', nth, count: 2 }],
    hits: () => true,
  },
  {
    name: 'polls that find nothing from then on',
    at: (nth) => [
      { kind: 'refused', operation: 'poll', status: 404, code: 'NotFound', nth, count: 'always' },
    ],
    hits: ({ operation }) => operation === 'poll',
  },
  {
    name: '503 with Retry-After',
    at: (nth) => [{ kind: 'serverError', status: 503, retryAfterSeconds: 100, nth }],
    hits: () => true,
  },
  {
    name: 'writes that are answered by 500 from then on',
    at: (nth) => [
      { kind: 'serverError', operation: ['patch', 'manualupgrade'], status: 500, nth, count: 'always' },
    ],
    hits: ({ operation }) => operation === 'patch' || operation === 'manualupgrade',
    mayEnd: ['refused', 'halted', 'failed'],
  },
];

describe.each(PLACED)('$name', (placed) => {
  it.each(CANONICAL)('at every place of a rollout, $name', { timeout: 3_600_000 }, async (canonical) => {
    const places = await placesOf(canonical, placed);
    expect(places.length).toBeGreaterThan(1);
    const sweep = `${placed.name}, ${canonical.name}`;
    for (const place of told(sweep, drawn(sweep, places))) {
      await expectHolds(place).catch((error: unknown) => {
        throw new Error(`${placed.name} at ${place.nth} of ${canonical.name}`, { cause: error });
      });
    }
  });
});

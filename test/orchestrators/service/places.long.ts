import { describe, expect, it } from 'vitest';
import { drawn, told } from '../../lab/drawn.ts';
import { CANONICAL, expectEndsByCommand, expectHolds, placesOf } from '../../lab/places.ts';
import type { Place, Placed } from '../../lab/places.ts';

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
    mayPause: true,
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

/** What never passes from that place on: nobody but a person, or a bound of hours, ends the wait. */
const FOR_EVER: readonly Placed[] = [
  {
    name: 'rights that never come',
    at: (nth) => [{ kind: 'accessDenied', nth, count: 'always' }],
    hits: () => true,
  },
  {
    name: 'lists that stay empty',
    at: (nth) => [{ kind: 'shortList', nth, count: 'always' }],
    hits: ({ operation }) => operation === 'listInstances',
  },
  {
    name: 'a set that stays Updating',
    at: (_, fromSeconds) => [{ kind: 'setShows', fromSeconds }],
    hits: ({ method, operation }) => method !== 'GET' || operation === 'getScaleSet',
  },
  {
    name: 'a service that is gone',
    at: (_, fromSeconds) => [{ kind: 'unreachable', fromSeconds, untilSeconds: 4_000_000 }],
    hits: () => true,
  },
  {
    name: 'operations that never end',
    at: (nth) => [{ kind: 'operationShows', operation: 'poll', status: 'InProgress', nth, count: 'always' }],
    hits: ({ operation }) => operation === 'poll',
  },
];

async function expectAt(places: readonly Place[], holds: (place: Place) => Promise<void>): Promise<void> {
  const [first] = places;
  expect(places.length).toBeGreaterThan(1);
  const sweep = `${first?.placed.name}, ${first?.canonical.name}`;
  for (const place of told(sweep, drawn(sweep, places))) {
    await holds(place).catch((error: unknown) => {
      throw new Error(`${place.placed.name} at ${place.nth} of ${place.canonical.name}`, { cause: error });
    });
  }
}

describe.each(PLACED)('$name', (placed) => {
  it.each(CANONICAL)('at every place of a rollout, $name', { timeout: 3_600_000 }, async (canonical) => {
    await expectAt(await placesOf(canonical, placed), expectHolds);
  });
});

describe.each(FOR_EVER)('$name', (placed) => {
  it.each(CANONICAL)(
    'is ended by its command at every place of a rollout, $name',
    { timeout: 3_600_000 },
    async (canonical) => {
      await expectAt(await placesOf(canonical, placed), expectEndsByCommand);
    },
  );
});

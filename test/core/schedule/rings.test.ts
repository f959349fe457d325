import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/schedule/decide.ts';
import type { SetFacts } from '../../../src/core/schedule/decide.ts';
import { Schedule } from '../../../src/core/schedule/schedule.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const schedule = Schedule.parse({ rings: [{ name: 'canary' }, { name: 'rest', cleanHours: 1 }] });

const rest = (more: Partial<SetFacts>): SetFacts => ({
  scaleSet: '/web',
  ring: 1,
  image: 'app',
  modelVersion: '1.0.0',
  running: ['1.0.0'],
  versions: ['1.0.0', '1.1.0'].map((version) => ({ version, since: 0 })),
  passedOver: [],
  ...more,
});

const after = (facts: SetFacts, canary: string) =>
  decide(facts, {
    schedule,
    now: NOW,
    trails: [],
    releases: [],
    mayStart: true,
    members: [
      { ring: 0, image: canary, runs: { version: '1.1.0', since: '2026-11-20T08:00:00Z' } },
      { ring: 1, image: facts.image },
    ],
  });

describe('a later ring', () => {
  it('takes what the ring before has run for long enough', () => {
    expect(after(rest({}), 'app')).toMatchObject({ outcome: 'start', version: '1.1.0' });
  });

  // Feature [Schedules] A version is taken only where its region offers it, whatever the ring before runs (new 12)
  it('waits for a version that its own region does not offer yet', () => {
    const facts = rest({ versions: [{ version: '1.0.0', since: 0 }] });
    expect(after(facts, 'app')).toMatchObject({ outcome: 'waits', code: 'notOffered', version: '1.1.0' });
  });

  it('is not proven by sets of another image, whose versions are called the same', () => {
    expect(after(rest({}), 'db')).toMatchObject({ outcome: 'blocked', code: 'ringBefore' });
  });
});

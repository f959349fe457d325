import { expect, it } from 'vitest';
import { chooseVersion } from '../../../src/core/schedule/choose.ts';
import { Schedule } from '../../../src/core/schedule/schedule.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const VERSIONS = [{ version: '2.0.0', since: NOW + 7 }];

it('takes a version at once where no age is asked for, also one that is seen after the look began', () => {
  expect(chooseVersion(Schedule.parse({}), VERSIONS, NOW)).toEqual({ kind: 'version', version: '2.0.0' });
});

it('lets a version grow as old as is asked for', () => {
  const schedule = Schedule.parse({ leastAgeHours: 1 });
  expect(chooseVersion(schedule, VERSIONS, NOW)).toMatchObject({ kind: 'young', newest: '2.0.0' });
  expect(chooseVersion(schedule, VERSIONS, NOW + 3_600_007)).toMatchObject({ kind: 'version' });
});

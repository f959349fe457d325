import { expect, it } from 'vitest';
import { npmRun } from './support/npm.ts';
import { newMark } from './support/processes.ts';

/** What the demo says of the simulator's log, in its order; a story that skips a part has fewer of them. */
const CLAIMS = [
  'nothing is written to canary before',
  'every instance, and the model, on 22.04.202612010 (3 of 3',
  'every instance, and the model, on 22.04.202612090 (3 of 3',
  'nothing is written to web before its approval',
  'every instance, and the model, on 22.04.202612010 (6 of 6',
  'stopped where instances became unhealthy',
  'every instance, and the model, back on 22.04.202612010 (6 of 6',
];

// Feature [Schedules] The story: an image is published, a schedule notices it, a canary takes it in its window, an approval, the next ring, and a bad version that is stopped and rolled back (issue 17)
it('tells its story, and the log of the simulator bears it out', async () => {
  const { code, output } = await npmRun('demo', ['--story'], newMark()).ended;
  expect({ code, broken: output.includes('BROKEN') }, output).toEqual({ code: 0, broken: false });
  const judged = output.slice(output.indexOf("Judged by the simulator's own log"));
  const places = CLAIMS.map((claim) => judged.indexOf(`holds   ${claim}`));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(output).toContain('everything holds');
});

import { expect, it } from 'vitest';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import { expectImages, expectSafe } from '../../lab/judge.ts';
import { NEW, OLD, startLab } from '../../lab/lab.ts';

const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };
/** The look at which the time to get well is over. */
const LAST_LOOK = '08:21:10';

// Feature [Service behaviour that is expected] Instances that were unhealthy all the time stay so, although the last view lacks the signal (issue 11, kind 2)
it('goes back when instances were unhealthy all the time, although the last view lacks the signal', async () => {
  const silent: FaultInput = {
    kind: 'partialView',
    lacks: ['vmHealth', 'extensions'],
    fromSeconds: (Date.parse(`2026-11-21T${LAST_LOOK}Z`) - Date.parse('2026-11-21T08:00:00Z')) / 1000 - 20,
    count: 1,
  };
  await using lab = await startLab({ faults: [BAD, silent] });
  const id = await lab.start();
  const { phase, failure } = await lab.until(id, (r) => r.phase === 'paused' || r.phase === 'rolledBack');
  expect([phase, failure.code]).toEqual(['rolledBack', 'unhealthyAfterUpgrade']);
  expectImages(lab, OLD);
  expectSafe(lab, { mostDisruptions: 2 });
});

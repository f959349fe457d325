import { parseArgs } from 'node:util';
import { rollOutFleet } from './support/fleet.ts';
import type { Pacing } from './support/rollout.ts';

/**
 * P5: many sets of one subscription at once, in virtual time, and no request of ours that the service throttles. A process
 * of its own, so that its memory tells something.
 */
const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: '100' },
    instances: { type: 'string', default: '1000' },
    pacing: { type: 'string', default: 'barrier' },
    hog: { type: 'string', default: '0' },
  },
});
const fleet = await rollOutFleet({
  sets: Number(values.sets),
  count: Number(values.instances),
  pacing: values.pacing as Pacing,
  seed: 101,
  hogASecond: Number(values.hog),
});
const { throttled, requests, pages, below } = fleet;
console.log(
  [
    `P5 ${values.sets} sets of ${values.instances} at once, ${values.pacing}: ${throttled} of ${requests} requests throttled (target: 0)`,
    `${pages} pages of instances; makespan ${Math.round(fleet.seconds)} s; sets below their floor: ${below.length}`,
    `processor time ${Math.round(fleet.cpuMs / 1000)} s, ${Math.round(fleet.rssMegabytes)} MB resident, simulator and host included`,
  ].join('\n'),
);
if (throttled > 0 || below.length > 0) process.exitCode = 1;

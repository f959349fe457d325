import type { Cpu } from './cpu.ts';
import type { Power } from './power.ts';
import type { Row } from './results.ts';

const MOST_CPU_MS = 0.5;
const MOST_GROWTH = 1.05;

/** Of the app alone: its part of what the whole process took. */
export function cpuRows(cpu: readonly Cpu[]): readonly Row[] {
  const large = cpuOf(cpu, 1000, 1);
  const appMs = appMsOf(large) / large.count;
  const growth = {
    instances: growthOf(cpuOf(cpu, 10, 1), large),
    sets: growthOf(cpuOf(cpu, 10, 1), cpuOf(cpu, 10, 100)),
  };
  return [
    {
      metric: 'P9',
      what: 'processor time of the app an instance of 1,000',
      measured: `${appMs.toFixed(2)} ms, of ${(large.wholeMs / large.count).toFixed(2)} with ${listed(large)}`,
      target: `at most ${MOST_CPU_MS} ms`,
      holds: appMs <= MOST_CPU_MS,
      why: 'Most of it reads lists of all instances, whose every page is a quarter of a megabyte of JSON.',
    },
    {
      metric: 'P9',
      what: 'growth of that: exponent from 10 to 1,000 instances, and from 1 to 100 sets',
      measured: `${growth.instances.toFixed(2)}; ${growth.sets.toFixed(2)}`,
      target: `at most ${MOST_GROWTH}`,
      holds: growth.instances <= MOST_GROWTH && growth.sets <= MOST_GROWTH,
      why: 'Something is done for each instance or set that looks at all of them.',
    },
  ];
}

function cpuOf(cpu: readonly Cpu[], count: number, sets: number): Cpu {
  const found = cpu.find((one) => one.count === count && one.sets === sets);
  if (found === undefined) throw new Error(`${sets} sets of ${count} were not measured`);
  return found;
}

const appMsOf = ({ wholeMs, shares }: Cpu): number => wholeMs * shares.app;

/** To which power of the number of instances processor time grows. */
function growthOf(small: Cpu, large: Cpu): number {
  const times = (large.count * large.sets) / (small.count * small.sets);
  return Math.log(appMsOf(large) / appMsOf(small)) / Math.log(times);
}

function listed({ count, wholeMs, shares }: Cpu): string {
  const msOf = (share: number): string => ((wholeMs * share) / count).toFixed(2);
  return `simulator (${msOf(shares.simulator)}), host (${msOf(shares.host)}) and storage (${msOf(shares.lab)})`;
}

/** Whole rollouts, with all checks of host and lab. */
export function verifiedRow({ cpuMs }: Power): Row {
  const perMinute = 60_000 / cpuMs;
  return {
    metric: 'P12',
    what: 'rollouts of 10 a minute and core, verified',
    measured: String(Math.round(perMinute)),
    target: 'at least 1,000 (wanted 3,000)',
    holds: perMinute >= 1000,
    why: 'Each runs the whole app with its client of Azure, and every turn of the workflow, over whole answers of the simulator: a hundred activities, of which none takes more than a millisecond with all that is around it. Planned: the host goes on from the turn before instead of reading a whole history in each, and the lab keeps parsed records of its store beside their texts.',
  };
}

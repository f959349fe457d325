import { costOf, readPrices, transactionsOf } from './cost.ts';
import { mean, missesOf, ratioOf, TARGETS } from './gates.ts';
import type { Cpu } from './cpu.ts';
import type { Power } from './power.ts';
import { cpuRows, verifiedRow } from './processor.ts';
import type { Promptness } from './promptness.ts';
import type { Row } from './results.ts';
import type { Pacing, Run } from './rollout.ts';
import type { Startup } from './startup.ts';

/** All rollouts of one shape. */
export interface Measured {
  readonly count: number;
  readonly pacing: Pacing;
  readonly runs: readonly Run[];
}

interface All {
  readonly measured: readonly Measured[];
  readonly promptness: Promptness;
  readonly startup: Startup;
  readonly cpu: readonly Cpu[];
  readonly power: Power;
}

/** The table of what was promised, with what these runs have shown. */
export function measuredRows({ measured, promptness, startup, cpu, power }: All): readonly Row[] {
  return [
    ...measured.map((shape) => makespanRow(shape)),
    promptnessRow(promptness),
    ...measured.filter(({ pacing }) => pacing === 'barrier').map((shape) => requestsRow(shape)),
    throttledRow(measured),
    ...largeRows(measured),
    ...cpuRows(cpu),
    verifiedRow(power),
    {
      metric: 'P11',
      what: 'a cold start: processor time until the functions are known, size as a zip',
      measured: `${Math.round(startup.cpuMs)} ms, ${startup.zippedMegabytes.toFixed(1)} MB`,
      target: 'at most 400 ms and 5 MB',
      holds: startup.cpuMs <= 400 && startup.zippedMegabytes <= 5,
      why: 'What the bundle loads before the first function is known is to be looked at.',
    },
  ];
}

const WHY_SLIDING =
  'A list of all instances takes a request for each 100 of them, and the service grants ten a minute and set: it is read once a minute, and instances that hold slots are asked for one by one about seven seconds apart. What is left is the lag of views, those seven seconds, and the write that waits for its turn.';

function makespanRow({ count, pacing, runs }: Measured): Row {
  const ratios = runs.map((run) => ratioOf(run, pacing));
  const metric = pacing === 'barrier' ? 'P1' : 'P2';
  return {
    metric,
    what: `makespan of ${count}, ${pacing}, over its limit`,
    measured: `${mean(ratios).toFixed(3)} (${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)})`,
    target: `${TARGETS[pacing][count]}${pacing === 'barrier' ? ', each 1.10' : ''}`,
    holds: !missesOf(runs, pacing, count).some((miss) => miss.startsWith(metric)),
    why:
      pacing === 'sliding' && count > 100
        ? WHY_SLIDING
        : 'Views lag by 2 to 8 seconds, lists by 3 more, and looks come 5 to 10 seconds apart: what is left is the look that comes too late after a slow guest. More looks would cost more requests than P4 allows.',
  };
}

function promptnessRow({ writesAfterPause, noticedAfterSeconds }: Promptness): Row {
  return {
    metric: 'P3',
    what: 'writes after an acknowledged pause; seconds until a failed operation is noticed',
    measured: `${writesAfterPause}; ${Math.round(noticedAfterSeconds)} s, at the next poll`,
    target: '0; one poll',
    holds: writesAfterPause === 0,
  };
}

function requestsRow({ count, runs }: Measured): Row {
  const over = runs.map(({ overP4 }) => overP4);
  const allowed = 6 + 3 * Math.ceil(count / 100);
  return {
    metric: 'P4',
    what: `requests of ${count} in the dearest batch, beside writes and polls`,
    measured: `${allowed + Math.max(...over)} (mean of the rollouts ${(allowed + mean(over)).toFixed(1)}); ${Math.round(mean(runs.map(({ requests }) => requests)))} in all`,
    target: `at most ${allowed}`,
    holds: Math.max(...over) <= 0,
    why: 'A batch with a slow guest takes some looks more, of one request each. They are what keeps P1; a set of one page is far from any limit of the service. Planned: what one step has just read is handed to the next in the same activity, which saves two reads a batch, and a list that came back short is completed by its missing instances instead of read again.',
  };
}

function throttledRow(measured: readonly Measured[]): Row {
  const throttled = measured.flatMap(({ runs }) => runs).reduce((sum, run) => sum + run.throttled, 0);
  return {
    metric: 'P5',
    what: 'requests that the service throttled, in all of these rollouts; 100 sets at once: `bench/fleet.ts`',
    measured: String(throttled),
    target: '0',
    holds: throttled === 0,
    why: 'A list of ten pages began before the service had granted all of them: reads of the plan come on top of those of the rollout.',
  };
}

/** Of rollouts of 1,000 instances with barriers. */
function largeRows(measured: readonly Measured[]): readonly Row[] {
  const runs = measured.find(({ count, pacing }) => count === 1000 && pacing === 'barrier')?.runs ?? [];
  const each = (of: (run: Run) => number): number => mean(runs.map((run) => of(run) / run.batches));
  const [rows, transactions, wakes] = [
    each((run) => run.rows),
    each(transactionsOf),
    each((run) => run.wakes),
  ];
  return [
    {
      metric: 'P6',
      what: 'history rows a batch of 200, planning and end included',
      measured: rows.toFixed(1),
      target: 'at most 60',
      holds: rows <= 60,
      why: 'Each look is a round of 8 rows; planning and end are counted here and are no batch.',
    },
    {
      metric: 'P7',
      what: 'storage transactions a batch, Durable’s by its source included',
      measured: transactions.toFixed(1),
      target: 'at most 120',
      holds: transactions <= 120,
      why: `The app’s own are ${each((run) => run.storage).toFixed(1)}; the rest are Durable’s, nine for each activity and six for each timer: a round for each look. Steps that follow each other at once share one already.`,
    },
    {
      metric: 'P8',
      what: 'active periods a batch',
      measured: wakes.toFixed(1),
      target: 'at most 24',
      holds: wakes <= 24,
    },
    costRow(runs),
  ];
}

function costRow(runs: readonly Run[]): Row {
  const prices = readPrices();
  return {
    metric: 'Cost',
    what: `of a rollout of 1,000 at list prices as we knew them on ${prices.asOf} (\`support/prices.json\`)`,
    measured: `${(100 * mean(runs.map((run) => costOf(run, prices)))).toFixed(3)} US cents`,
    target: '–',
    holds: 'reported',
  };
}

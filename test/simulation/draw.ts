import { seededScheduler } from '../../local/host/drivers/ids.ts';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { NEW } from '../lab/names.ts';

/** One rollout and all that goes wrong with it, drawn by a seed. */
export interface Drawn {
  readonly seed: number;
  readonly count: number;
  readonly spec: Readonly<Record<string, unknown>>;
  /** How many may be down at once, as the spec says. */
  readonly mayBeDown: number;
  readonly faults: readonly FaultInput[];
  /** How often in a hundred the host dies around an activity or a turn. */
  readonly crashPercent: number;
  /** After so many activities the workflow is stopped from outside, each time. */
  readonly losses: readonly number[];
  /** Whether the image makes instances unhealthy, so that the rollout has to come back. */
  readonly isBad: boolean;
  /** How often an operation is cut short, so that an instance may be taken down once more. */
  readonly cuts: number;
}

const BATCHES = [
  { batchBy: 'updateDomain' },
  { batchBy: 'faultDomain' },
  { batchBy: 'count', steps: [3] },
  { batchBy: 'percent', steps: ['25%'] },
  { batchBy: 'steps', steps: [1, '50%', '100%'] },
];

export function draw(seed: number): Drawn {
  const random = seededScheduler(seed);
  const below = (limit: number): number => random.pick(limit);
  const isDrawn = (percent: number): boolean => below(100) < percent;
  const count = 3 + below(18);
  const mayBeDown = 1 + below(Math.max(1, Math.floor(count / 3)));
  const isBad = isDrawn(25);
  const nth = (): number => 1 + below(4);
  const cut: FaultInput[] = isDrawn(25) ? [{ kind: 'operationPreempted', nth: nth(), afterSeconds: 2 }] : [];
  const faults: FaultInput[] = [
    ...(isBad ? [{ kind: 'badImage' as const, version: NEW, instances: [String(below(count))] }] : []),
    ...cut,
    ...(isDrawn(30)
      ? [{ kind: 'lostAnswer' as const, operation: 'manualupgrade' as const, nth: nth() }]
      : []),
    ...(isDrawn(20) ? [{ kind: 'lostAnswer' as const, operation: 'patch' as const }] : []),
    ...(isDrawn(30)
      ? [{ kind: 'serverError' as const, operation: 'manualupgrade' as const, nth: nth() }]
      : []),
    ...(isDrawn(30)
      ? [
          {
            kind: 'throttle' as const,
            operation: 'manualupgrade' as const,
            nth: nth(),
            retryAfterSeconds: 20,
          },
        ]
      : []),
    ...(isDrawn(25) ? [{ kind: 'silentlySkips' as const, nth: nth() }] : []),
    ...(isDrawn(30) ? [{ kind: 'viewLag' as const, lagSeconds: [5, 25] as [number, number] }] : []),
    ...(isDrawn(20)
      ? [{ kind: 'unreachable' as const, fromSeconds: 60 + below(400), untilSeconds: 500 + below(400) }]
      : []),
  ];
  const strategy = {
    ...BATCHES[below(BATCHES.length)],
    maxUnavailable: mayBeDown,
    pacing: isDrawn(35) ? 'sliding' : 'barrier',
    ...(isDrawn(25) && { canary: 1 }),
  };
  return {
    seed,
    count,
    spec: { strategy, ...(isDrawn(30) && { soakSeconds: 30 * (1 + below(4)) }) },
    mayBeDown,
    faults,
    crashPercent: isDrawn(60) ? 5 + below(25) : 0,
    losses: isDrawn(50) ? Array.from({ length: 1 + below(2) }, () => 1 + below(60)) : [],
    isBad,
    cuts: cut.length,
  };
}

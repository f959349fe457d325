import { seededScheduler } from '../../local/host/drivers/ids.ts';
import {
  imagesNow,
  modelNow,
  overlappingWrites,
  upgradesPerInstance,
} from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { startLab } from '../lab/lab.ts';
import type { Body, Lab, LabOptions } from '../lab/lab.ts';
import { NEW, OLD } from '../lab/names.ts';
import type { Drawn } from './draw.ts';

export interface Simulated {
  readonly phase: string;
  /** How often the host died around an activity or a turn, and how often the workflow was lost and started again. */
  readonly crashes: number;
  readonly recoveries: number;
  readonly virtualSeconds: number;
  /** What must never be, in plain words; empty where all holds. */
  readonly violations: readonly string[];
}

/** Runs one drawn rollout in virtual time to its end, and judges it by the simulator's log. */
export async function simulate(drawn: Drawn): Promise<Simulated> {
  const seen = { crashes: 0, activities: 0 };
  let lab: Lab | undefined;
  let id = '';
  const losses = new Set(drawn.losses);
  const lose = (): void => {
    seen.activities += 1;
    if (losses.has(seen.activities)) lab?.host.client.terminate(id, 'simulated loss');
  };
  lab = await startLab({
    seed: drawn.seed,
    count: drawn.count,
    faults: drawn.faults,
    timers: 'onSchedule',
    hooks: crashes(drawn, seen, lose),
  });
  await using running = lab;
  const from = running.host.clock.now();
  id = await running.start(drawn.spec);
  const end = await running.toEnd(id).catch((error: unknown) => String(error));
  const virtualSeconds = Math.round((running.host.clock.now() - from) / 1000);
  if (typeof end === 'string') {
    return { phase: 'stuck', crashes: seen.crashes, recoveries: 0, virtualSeconds, violations: [end] };
  }
  const { body } = await running.call('GET', `/rollouts/${id}/events`);
  const recoveries = body.value.filter(({ kind }: Body) => kind === 'recovered').length;
  const violations = judge(drawn, end, running);
  return { phase: end.phase, crashes: seen.crashes, recoveries, virtualSeconds, violations };
}

function crashes(
  { seed, crashPercent }: Drawn,
  seen: { crashes: number },
  lose: () => void,
): LabOptions['hooks'] {
  const random = seededScheduler(seed + 1);
  const strikes = (): boolean => {
    const isStruck = random.pick(100) < crashPercent;
    seen.crashes += Number(isStruck);
    return isStruck;
  };
  return {
    beforeActivity: () => (strikes() ? 'crash' : undefined),
    afterActivityBeforeCommit() {
      lose();
      if (!strikes()) return undefined;
      return random.pick(100) < 30 ? 'duplicate' : 'crash';
    },
    beforeTurnCommit: () => (strikes() ? 'crash' : undefined),
  };
}

/** What does not hold of a rollout that has ended. */
export function judge(drawn: Drawn, { phase, failure }: Body, { log, host }: Lab): readonly string[] {
  const { count, mayBeDown, isBad, cuts } = drawn;
  const violations: string[] = [];
  const claim = (holds: boolean, otherwise: string): void => {
    if (!holds) violations.push(otherwise);
  };
  const wanted = isBad ? 'rolledBack' : 'succeeded';
  claim(phase === wanted, `it ended ${phase}, not ${wanted}: ${JSON.stringify(failure ?? null)}`);
  const image = phase === 'succeeded' ? NEW : OLD;
  const others = Object.entries(imagesNow(log)).filter(([, now]) => now !== image);
  claim(others.length === 0, `instances on another image than ${image}: ${JSON.stringify(others)}`);
  const model = modelNow(log)?.image['version'];
  claim(model === image, `the model says ${String(model)}, not ${image}`);
  // The bad instance itself does not serve until it is brought back: it counts among those that may be down.
  const low = belowFloor(log, count - mayBeDown);
  claim(low.length === 0, `fewer than ${count - mayBeDown} served: ${JSON.stringify(low[0])}`);
  claim(overlappingWrites(log).length === 0, 'two writes were being accepted at once');
  const most = (isBad ? 2 : 1) + cuts;
  const often = Object.entries(upgradesPerInstance(log)).filter(([, times]) => times > most);
  claim(often.length === 0, `taken down more than ${most} times: ${JSON.stringify(often)}`);
  claim(host.diagnostics.length === 0, `the host complains: ${JSON.stringify(host.diagnostics[0])}`);
  return violations;
}

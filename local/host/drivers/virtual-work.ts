import { setImmediate as immediate } from 'node:timers/promises';
import type { Engine } from '../hub/engine.ts';
import type { ActivityTask, Scheduler, Store } from '../ports.ts';
import type { TimerTriggers } from '../triggers/timer-triggers.ts';
import type { Sleepable, SteeredClock } from './virtual-clock.ts';

interface Settings {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: SteeredClock;
  readonly timers: TimerTriggers;
  readonly scheduler: Scheduler;
  /** Activities that may be under way at once, sleeping ones included. */
  readonly limit: number;
}

interface UnderWay extends Sleepable {
  readonly done: Promise<void>;
}

/** How long work that was woken may take to fall asleep again when it has other sleeps pending, in event-loop turns. */
const GRACE_TURNS = 5;

/** Picks and runs one piece of ready work at a time. */
export function createVirtualWork({ engine, store, clock, timers, scheduler, limit }: Settings): {
  /** Answers false when nothing is ready at the present time. */
  step(): Promise<boolean>;
} {
  /** Activities by their number, turns of entities by their instance: both may sleep on the clock. */
  const underWay = new Map<number | string, UnderWay>();

  const isOver = async (work: UnderWay, promise: Promise<unknown>): Promise<boolean> => {
    const asleep = Promise.withResolvers<false>();
    work.fellAsleep = () => asleep.resolve(false);
    const over = promise.then(() => true);
    return Promise.race([over, asleep.promise]);
  };

  async function runSleepable(key: number | string, run: () => Promise<void>): Promise<void> {
    const { promise: done, resolve, reject } = Promise.withResolvers<undefined>();
    const work: UnderWay = { done, asleep: 0, fellAsleep: () => undefined };
    const first = isOver(work, done);
    underWay.set(key, work);
    clock.inside(work, () => {
      run().then(() => resolve(undefined), reject);
    });
    if (await first) underWay.delete(key);
  }

  const runActivity = (task: ActivityTask): Promise<void> =>
    runSleepable(task.seq, () => engine.runActivity(task));

  const runTurn = (instanceId: string): Promise<void> =>
    instanceId.startsWith('@')
      ? runSleepable(instanceId, () => engine.runTurn(instanceId))
      : engine.runTurn(instanceId);

  async function wake(): Promise<boolean> {
    const woken = clock.wakeOne();
    if (woken === undefined) return false;
    const entry = [...underWay].find(([, work]) => work === woken);
    if (entry === undefined) {
      for (let turn = 0; turn < GRACE_TURNS; turn += 1) await immediate();
      return true;
    }
    const [key, work] = entry;
    const over = isOver(work, work.done);
    const settled = work.asleep === 0 ? over : Promise.race([over, graceOver()]);
    if (await settled) underWay.delete(key);
    return true;
  }

  return {
    async step() {
      if (await wake()) return true;
      if ((timers.nextAt() ?? Number.POSITIVE_INFINITY) <= clock.now()) {
        await timers.runDue();
        return true;
      }
      const instances = store.ready(clock.now()).filter((id) => !underWay.has(id));
      const activities =
        underWay.size < limit ? store.activities(clock.now()).filter((task) => !underWay.has(task.seq)) : [];
      const count = instances.length + activities.length;
      if (count === 0) return false;
      const picked = scheduler.pick(count);
      const instance = instances[picked];
      const task = activities[picked - instances.length];
      if (instance !== undefined) await runTurn(instance);
      else if (task !== undefined) await runActivity(task);
      return true;
    },
  };
}

async function graceOver(): Promise<false> {
  for (let turn = 0; turn < GRACE_TURNS; turn += 1) await immediate();
  return false;
}

import { EventType } from '../../local/host/durable/wire/event.ts';
import { fewestServing } from '../../local/simulator/log/serving.ts';
import type { Compute } from '../../src/azure/port.ts';
import { bindPorts } from '../../test/lab/bound-app.ts';
import { startLab } from '../../test/lab/lab.ts';
import type { Lab } from '../../test/lab/lab.ts';
import { judgeRun } from './makespan.ts';
import type { Judged } from './makespan.ts';

export type Pacing = 'barrier' | 'sliding';

export interface Shape {
  readonly count: number;
  readonly pacing: Pacing;
  readonly seed: number;
  /** The app's way to the service, as a test has it. */
  readonly planted?: (compute: Compute, lab: Lab) => Compute;
}

export interface Run extends Judged {
  readonly batches: number;
  /** Rows of the workflow's history, over all its generations. */
  readonly rows: number;
  /** How often the workflow was woken by a timer. */
  readonly wakes: number;
  readonly activities: number;
  /** What the app itself asked its storage for. */
  readonly storage: number;
  /** The lowest share of instances that served. */
  readonly serving: number;
}

/** One rollout in virtual time, measured by the simulator's log and the host's history. */
export async function rollOut({ count, pacing, seed, planted }: Shape): Promise<Run> {
  await using lab = await startLab({ count, seed });
  if (planted !== undefined) bindPorts({ ...lab.ports, compute: planted(lab.ports.compute, lab) });
  const id = await lab.start({ strategy: { pacing, maxUnavailable: '20%' } });
  const history = await readHistory(lab, id);
  const { phase, batches } = await lab.get(id);
  if (phase !== 'succeeded') throw new Error(`The rollout ended ${phase}.`);
  return {
    ...judgeRun(lab.log, batches),
    ...history,
    batches: batches.length,
    storage: lab.store.calls.length,
    serving: fewestServing(lab.log, lab.log[0]?.time ?? 0, lab.host.clock.now(), 'web') / count,
  };
}

/** Runs it to its end and counts what its history gains: those of past generations are not kept. */
async function readHistory(lab: Lab, id: string): Promise<Pick<Run, 'rows' | 'wakes' | 'activities'>> {
  let [rows, wakes, activities, last] = [0, 0, 0, 0];
  await lab.host.runUntil(() => {
    const history = lab.host.history(id);
    for (const { EventType: type } of history.slice(history.length < last ? 0 : last)) {
      rows += 1;
      wakes += Number(type === EventType.TimerFired);
      activities += Number(type === EventType.TaskCompleted);
    }
    last = history.length;
    return lab.host.client.status(id)?.runtimeStatus === 'Completed';
  });
  return { rows, wakes, activities };
}

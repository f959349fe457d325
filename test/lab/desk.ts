import { createSimulator } from '../../local/simulator/simulator.ts';
import type { Simulator } from '../../local/simulator/simulator.ts';
import type { ScaleSetSpec } from '../../local/simulator/work/new-scale-set.ts';
import type { StepDefinition } from '../../src/activities/define-step.ts';
import type { StepInput } from '../../src/activities/frame/input.ts';
import type { Ports } from '../../src/activities/frame/ports.ts';
import { createCompute } from '../../src/azure/arm.ts';
import type { Answer } from '../../src/core/run/answer.ts';
import { newRollout } from '../../src/core/record/new-rollout.ts';
import { readSpec } from '../../src/core/spec/spec.ts';
import { acquireLease } from '../../src/store/leases.ts';
import { insertRollout } from '../../src/store/rollouts.ts';
import { createSimulatorClient } from './fetch-client.ts';
import { writes } from './judge.ts';
import { NEW, WEB } from './lab.ts';
import { createMemoryStore } from './memory-store.ts';
import type { MemoryStore } from './memory-store.ts';

export const DESK_ROLLOUT = 'r1';

/** Activities called by hand, one at a time, with no workflow around them. */
export interface Desk {
  readonly sim: Simulator;
  readonly store: MemoryStore;
  readonly ports: Ports;
  /** Lets seconds pass. */
  pass(seconds: number): void;
  run(step: StepDefinition, batch: number, direction: StepInput['direction']): Promise<Answer>;
  /** Runs a step until it no longer asks to wait. */
  until(step: StepDefinition, batch: number, direction: StepInput['direction']): Promise<Answer>;
  /** Writes that have reached the service so far, accepted or not. */
  writes(): number;
}

export async function openDesk(
  spec: Record<string, unknown> = {},
  set: Partial<ScaleSetSpec> = {},
): Promise<Desk> {
  let now = Date.parse('2026-11-21T08:00:00Z');
  const clock = { now: () => now };
  const sim = createSimulator({
    clock,
    seed: 3,
    profile: { acceptanceSeconds: [0, 0], viewLagSeconds: [0, 0], throttling: false },
    scaleSets: [{ name: 'web', count: 15, ...set }],
  });
  const store = createMemoryStore();
  const ports: Ports = {
    clock,
    store,
    pace: {
      pollSeconds: 10,
      viewLagSeconds: 30,
      requestTimeoutSeconds: 30,
      maxInstanceIds: 100,
      cacheSeconds: 5,
    },
    compute: createCompute({
      endpoint: 'http://127.0.0.1',
      clock,
      httpClient: createSimulatorClient(sim),
    }),
  };
  const run: Desk['run'] = (step, batch, direction) =>
    step.run({ rollout: DESK_ROLLOUT, batch, direction }, ports);
  await accept(
    store,
    { scaleSet: WEB, change: { image: { version: NEW } }, ...spec },
    new Date(now).toISOString(),
  );
  return {
    sim,
    store,
    ports,
    pass(seconds) {
      now += seconds * 1000;
    },
    run,
    async until(step, batch, direction) {
      for (let round = 0; round < 500; round += 1) {
        const answer = await run(step, batch, direction);
        if (answer.kind !== 'wait') return answer;
        now += Math.max(1, answer.seconds) * 1000;
      }
      throw new Error(`${step.name} waits for ever`);
    },
    writes: () => writes(sim.log).length,
  };
}

async function accept(store: MemoryStore, body: Record<string, unknown>, now: string): Promise<void> {
  const read = readSpec(body);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.errors));
  const acquired = await acquireLease(store, { scaleSet: WEB, rolloutId: DESK_ROLLOUT, since: now });
  if (acquired.kind !== 'held') throw new Error('the scale set is taken');
  const fencingToken = acquired.lease.token;
  await insertRollout(
    store,
    newRollout({ id: DESK_ROLLOUT, spec: read.spec, requestedBy: 'ada', createdAt: now, fencingToken }),
  );
}

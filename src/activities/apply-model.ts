import { servingNow } from '../core/capacity.ts';
import { floorOf } from '../core/floor.ts';
import type { Answer } from '../core/answer.ts';
import { patience } from '../core/patience.ts';
import { readPlan } from '../store/plans.ts';
import { begin } from './begin.ts';
import { finish, wait } from './brief.ts';
import type { Brief } from './brief.ts';
import { defineStep } from './define.ts';
import { followModel } from './follow-model.ts';
import { addressOf, sendModel } from './model-write.ts';
import { waitWhilePaused } from './paused.ts';
import type { Ports } from './ports.ts';
import { readOrWait, waitOutHold } from './reads.ts';

/** Writes the changed fields into the scale set's model, and waits until the set has taken them. */
export const applyModel = defineStep({
  name: 'applyModel',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record } = brief;
    if (record.modelState !== 'before') return { kind: 'done' };
    const kept = await readPlan(ports.store, record.id);
    if (kept === undefined) throw new Error(`rollout ${record.id} has no plan`);
    const { delta } = kept.plan;
    if (delta.length === 0) {
      await finish(brief, ports, { modelState: 'after' });
      return { kind: 'done' };
    }
    const phase = 'applyingModel';
    const standing = await followModel(brief, ports, { kept, delta, way: 'forward', phase });
    switch (standing.kind) {
      case 'over':
        return standing.answer;
      case 'taken':
        await finish(brief, ports, { modelState: 'after', modelHash: standing.modelHash, phase }, [
          { kind: 'modelTaken', message: 'the scale set has the new model' },
        ]);
        return { kind: 'done' };
      case 'toSend': {
        if (record.opened !== input.batch) return { kind: 'again' };
        if (brief.standing.paused) return waitWhilePaused(brief, ports);
        const held =
          (await waitOutHold(brief, ports, { name: 'write', phase })) ?? (await waitForFloor(brief, ports));
        if (held !== undefined) return held;
        const write = { input, delta, way: 'forward', phase } as const;
        return sendModel(brief, ports, standing.set, { write, operations: standing.operations });
      }
    }
  },
});

/** A rollout does not begin while fewer instances serve than it has promised to keep. */
async function waitForFloor(brief: Brief, ports: Ports): Promise<Answer | undefined> {
  const { spec, largestDomain = 1 } = brief.record;
  if (spec.health.fixForward) return undefined;
  const read = await readOrWait(brief, ports, {
    name: 'instances',
    phase: 'waiting',
    read: () => ports.compute.instances(addressOf(brief)),
  });
  if (read.kind === 'no') return read.answer;
  const serving = servingNow(read.value, []).size;
  const floor = floorOf(spec.strategy.maxUnavailable, read.value.length, largestDomain);
  if (typeof floor !== 'number' || serving >= floor) return undefined;
  return wait(brief, ports, {
    seconds: patience(brief.record.waitingFor, 'floor', {
      now: brief.now,
      least: ports.pace.pollSeconds,
      most: 120,
    }),
    phase: 'waiting',
    waitingFor: {
      kind: 'floor',
      message: `only ${serving} instances serve, fewer than the floor of ${floor}; it goes on by itself: vmss-rollout abort ${brief.record.id} ends it`,
    },
  });
}

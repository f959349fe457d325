import type { Lab, LabOptions } from '../lab/lab.ts';
import {
  campaignEnd,
  commandCampaign,
  idsOf,
  setsNamed,
  stageOf,
  startCampaign,
  untilCampaign,
} from '../lab/campaigns.ts';
import { NEW } from '../lab/names.ts';

/** A rollout whose workflow is recorded: later code must go on with its history. */
export interface Scenario {
  readonly options: LabOptions;
  readonly run: (lab: Lab) => Promise<void>;
}

const BAD: LabOptions = { count: 6, faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }] };
const SMALL: LabOptions = { count: 5 };
const FLEET = setsNamed('web', 3, 2);

function toEnd(spec: Record<string, unknown>, phase: string) {
  return async (lab: Lab): Promise<void> => {
    const rollout = await lab.rollOut(spec);
    if (rollout.phase !== phase) throw new Error(`it ended otherwise: ${JSON.stringify(rollout)}`);
  };
}

/** By name: one for each way through the runbook. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  forward: { options: SMALL, run: toEnd({}, 'succeeded') },
  nothingToDo: { options: SMALL, run: toEnd({ change: {} }, 'succeeded') },
  refused: { options: SMALL, run: toEnd({ change: { image: { version: '1.0.0' } } }, 'refused') },
  sliding: { options: SMALL, run: toEnd({ strategy: { pacing: 'sliding' } }, 'succeeded') },
  soak: { options: { count: 2 }, run: toEnd({ soakSeconds: 900 }, 'succeeded') },
  window: {
    options: { count: 2 },
    run: toEnd({ windows: { open: [{ cron: '0 * * * *', durationMinutes: 5 }] } }, 'succeeded'),
  },
  startAt: { options: { count: 2 }, run: toEnd({ startAt: '2026-11-21T10:30:00Z' }, 'succeeded') },
  ignoreWindow: {
    options: { count: 2 },
    async run(lab) {
      const id = await lab.start({ windows: { open: [{ cron: '0 22 * * *', durationMinutes: 60 }] } });
      await lab.until(id, (rollout) => rollout.waitingFor?.kind === 'window');
      await lab.send(id, 'resume', { ignoreWindow: true, reason: 'recorded' }, 'grace');
      await lab.toEnd(id);
    },
  },
  rollbackByFailure: { options: BAD, run: toEnd({}, 'rolledBack') },
  halt: { options: BAD, run: toEnd({ onFailure: 'halt' }, 'halted') },
  size: {
    options: { count: 3, vmSize: 'Standard_D2s_v5' },
    run: toEnd(
      { change: { vmSize: 'Standard_M64s' }, strategy: { mostDisruptiveAllowed: 'deallocate' } },
      'succeeded',
    ),
  },
  generations: {
    options: { count: 15 },
    run: toEnd({ strategy: { batchBy: 'count', steps: [1] } }, 'succeeded'),
  },
  approval: {
    options: SMALL,
    async run(lab) {
      const id = await lab.start({ approvals: { before: [0, 1] } });
      for (const batch of [0, 1]) {
        await lab.until(id, (rollout) => rollout.waitingFor?.kind === 'approval' && rollout.batch === batch);
        await lab.send(id, 'approve', { batch });
      }
      await lab.toEnd(id);
    },
  },
  pause: {
    options: SMALL,
    async run(lab) {
      const id = await lab.start();
      await lab.until(id, 'settling');
      await lab.send(id, 'pause');
      await lab.host.advance(3_600_000);
      await lab.send(id, 'resume');
      await lab.toEnd(id);
    },
  },
  rollbackByCommand: {
    options: SMALL,
    async run(lab) {
      const id = await lab.start();
      await lab.until(id, (rollout) => rollout.phase === 'upgrading' && rollout.batch === 1);
      await lab.send(id, 'rollback');
      await lab.toEnd(id);
    },
  },
  abort: {
    options: SMALL,
    async run(lab) {
      const id = await lab.start();
      await lab.until(id, 'upgrading');
      await lab.send(id, 'abort');
      await lab.toEnd(id);
    },
  },
  retry: {
    options: BAD,
    async run(lab) {
      const id = await lab.start({ onFailure: 'pause' });
      await lab.until(id, 'paused');
      await lab.send(id, 'retry');
      await lab.until(id, (rollout) => rollout.phase === 'settling');
      await lab.until(id, 'paused');
      await lab.send(id, 'skip', { instances: ['1'] });
      await lab.send(id, 'resume');
      await lab.toEnd(id);
    },
  },
  guardRestoration: {
    options: { count: 5, upgradePolicy: { mode: 'Automatic' } },
    async run(lab) {
      const id = await lab.start();
      await lab.until(id, (rollout) => rollout.batch === 1 && rollout.phase === 'upgrading');
      await lab.send(id, 'abort');
      await lab.toEnd(id);
      await lab.rollOut({ change: {} });
      const restored = await lab.rollOut({ change: {}, restoreGuardsOf: id });
      if (restored.phase !== 'succeeded') throw new Error(`it ended otherwise: ${JSON.stringify(restored)}`);
    },
  },
  campaign: {
    options: { scaleSets: FLEET },
    async run(lab) {
      const stages = [
        stageOf('first', idsOf(FLEET.slice(0, 1)), { soakSeconds: 600 }),
        stageOf('rest', idsOf(FLEET.slice(1)), { approval: {} }),
      ];
      const id = await startCampaign(lab, stages);
      await untilCampaign(lab, id, ({ phase }) => phase === 'waiting');
      await commandCampaign(lab, id, 'approve');
      await untilCampaign(lab, id, ({ scaleSets }) => scaleSets.running === 2);
      await commandCampaign(lab, id, 'pause');
      await lab.host.advance(600_000);
      await commandCampaign(lab, id, 'rollback');
      const { phase } = await campaignEnd(lab, id);
      if (phase !== 'rolledBack') throw new Error(`it ended ${phase}`);
    },
  },
  undo: {
    options: SMALL,
    async run(lab) {
      const { id } = await lab.rollOut();
      await lab.rollOut({ change: undefined, rollbackOf: id });
    },
  },
};

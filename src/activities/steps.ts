import { applyModel } from './apply-model.ts';
import { bringUp } from './bring-up.ts';
import { closeRollout } from './close-rollout.ts';
import type { Step } from './define.ts';
import { drainOperations } from './drain-operations.ts';
import { giveBackGuards } from './give-back-guards.ts';
import { holdGuards } from './hold-guards.ts';
import { openGate } from './open-gate.ts';
import { planRollout } from './plan-rollout.ts';
import { restoreModel } from './restore-model.ts';
import { settleBatch } from './settle-batch.ts';
import { slideBatches } from './slide-batches.ts';
import { soakBatch } from './soak-batch.ts';
import { takeInJoiners } from './take-in-joiners.ts';
import { upgradeBatch } from './upgrade-batch.ts';

/** Every step that a runbook may name; the app registers each of them. */
export const STEPS: readonly Step[] = [
  planRollout,
  openGate,
  holdGuards,
  applyModel,
  slideBatches,
  upgradeBatch,
  settleBatch,
  soakBatch,
  takeInJoiners,
  drainOperations,
  restoreModel,
  bringUp,
  giveBackGuards,
  closeRollout,
];

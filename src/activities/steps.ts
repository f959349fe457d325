import type { StepDefinition } from './define-step.ts';
import { applyModel } from './steps/apply-model.ts';
import { bringUp } from './steps/bring-up.ts';
import { closeRollout } from './steps/close-rollout.ts';
import { drainOperations } from './steps/drain-operations.ts';
import { holdGuards } from './steps/hold-guards.ts';
import { openGate } from './steps/open-gate.ts';
import { planRestoration } from './steps/plan-restoration.ts';
import { planRollout } from './steps/plan-rollout.ts';
import { restoreGuards } from './steps/restore-guards.ts';
import { restoreLeftGuards } from './steps/restore-left-guards.ts';
import { restoreModel } from './steps/restore-model.ts';
import { settleBatch } from './steps/settle-batch.ts';
import { slideBatches } from './steps/slide-batches.ts';
import { soakBatch } from './steps/soak-batch.ts';
import { takeInJoiners } from './steps/take-in-joiners.ts';
import { upgradeBatch } from './steps/upgrade-batch.ts';

/** Every step that a runbook may name; the app registers each of them. */
export const STEPS: readonly StepDefinition[] = [
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
  restoreGuards,
  closeRollout,
  planRestoration,
  restoreLeftGuards,
];

import type { z } from 'zod';
import { RolloutSpec } from '../../core/spec/spec.ts';
import { FreezeBody } from '../freeze.ts';
import { TakeOverBody } from '../leases.ts';
import { PolicyBody } from '../policy.ts';
import { CommandBody } from '../send-command.ts';
import {
  Caller,
  Freeze,
  FreezeState,
  Health,
  PolicyState,
  PolicyView,
  Problem,
  ScaleSet,
  ScaleSetInstance,
  ScaleSetInstances,
  ScaleSets,
  ScaleSetSummary,
} from './others.ts';
import {
  Explanation,
  InstanceDisks,
  Lease,
  Leases,
  Plan,
  PlannedBatch,
  PropertyChange,
  RollbackPlan,
  TakenOver,
  Warning,
} from './plan.ts';
import {
  Batch,
  Event,
  Events,
  Evidence,
  Failure,
  HeldGuard,
  Instance,
  InstanceFailure,
  Instances,
  Next,
  Operation,
  Pinned,
  Quarantined,
  Rollout,
  RolloutPage,
  Wait,
} from './rollout.ts';

/** What a client sends: fields with a default may be left out. */
export const REQUESTS = { RolloutSpec, CommandBody, TakeOverBody, FreezeBody, PolicyBody } as const;

/** What a client is answered with. */
export const ANSWERS = {
  Rollout,
  RolloutPage,
  Batch,
  Wait,
  Next,
  Failure,
  HeldGuard,
  Quarantined,
  Pinned,
  Plan,
  PropertyChange,
  PlannedBatch,
  InstanceDisks,
  Warning,
  RollbackPlan,
  Instance,
  Instances,
  InstanceFailure,
  Evidence,
  Event,
  Events,
  Explanation,
  Operation,
  ScaleSetSummary,
  ScaleSets,
  ScaleSet,
  ScaleSetInstance,
  ScaleSetInstances,
  Lease,
  Leases,
  TakenOver,
  Freeze,
  FreezeState,
  PolicyState,
  PolicyView,
  Caller,
  Health,
  Problem,
} as const satisfies Record<string, z.ZodType>;

export type ComponentName = keyof typeof REQUESTS | keyof typeof ANSWERS;

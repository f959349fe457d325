import type { z } from 'zod';
import { propertyChange } from '../../core/model/schemas.ts';
import { instanceDisks, plannedBatch } from '../../core/plan/schemas.ts';
import {
  auditEvent,
  evidence,
  failure,
  heldGuard,
  instanceFailure,
  operation,
  pinned,
  quarantined,
  waitingFor,
} from '../../core/record/schemas.ts';
import { RolloutSpec } from '../../core/spec/spec.ts';
import { CampaignSpec } from '../../core/campaign/spec.ts';
import { ActionBody } from '../action-body.ts';
import { CampaignCommandBody, CampaignUndoBody } from '../campaign-commands.ts';
import { FreezeBody } from '../freeze.ts';
import { TakeOverBody } from '../leases.ts';
import { NoticesBody, ResendBody } from '../notices.ts';
import { PolicyBody } from '../policy.ts';
import { ReleaseBody, ScheduleBody } from '../schedules.ts';
import { StrategyBody } from '../strategies.ts';
import { Waits } from './waits.ts';
import { Strategies, StrategyDeleted, StrategyState, StrategyView } from './strategy.ts';
import { CommandBody } from '../send-command.ts';
import { Anchor, Anchors, AuditPage, AuditRecord, ChainHead } from './audit.ts';
import { DeadLetters, GateLink, NoticesState, NoticesView, Resent } from './notices.ts';
import {
  Campaign,
  CampaignEvents,
  CampaignPage,
  CampaignPlan,
  CampaignScaleSet,
  CampaignStage,
  CampaignSummary,
  PlannedScaleSet,
} from './campaign.ts';
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
import { Explanation, Lease, Leases, Plan, RollbackPlan, TakenOver, Warning } from './plan.ts';
import { Batch, Events, Instance, Instances, Next, Rollout, RolloutPage } from './rollout.ts';

import {
  Releases,
  ScheduleDecision,
  ScheduleDeleted,
  ScheduleExplanation,
  ScheduleRun,
  Schedules,
  ScheduleState,
  ScheduleView,
} from './schedule.ts';

/** What a client sends: fields with a default may be left out. */
export const REQUESTS = {
  RolloutSpec,
  ActionBody,
  CommandBody,
  TakeOverBody,
  FreezeBody,
  PolicyBody,
  NoticesBody,
  ResendBody,
  ScheduleBody,
  ReleaseBody,
  StrategyBody,
  CampaignSpec,
  CampaignCommandBody,
  CampaignUndoBody,
} as const;

/** What a client is answered with. */
export const ANSWERS = {
  Rollout,
  RolloutPage,
  Batch,
  Wait: waitingFor,
  Next,
  Failure: failure,
  HeldGuard: heldGuard,
  Quarantined: quarantined,
  Pinned: pinned,
  Plan,
  PropertyChange: propertyChange,
  PlannedBatch: plannedBatch,
  InstanceDisks: instanceDisks,
  Warning,
  RollbackPlan,
  Instance,
  Instances,
  InstanceFailure: instanceFailure,
  Evidence: evidence,
  Event: auditEvent,
  Events,
  Explanation,
  Operation: operation,
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
  NoticesState,
  NoticesView,
  DeadLetters,
  GateLink,
  Resent,
  Schedules,
  ScheduleView,
  ScheduleState,
  ScheduleDeleted,
  ScheduleDecision,
  ScheduleExplanation,
  ScheduleRun,
  Releases,
  Strategies,
  StrategyView,
  StrategyState,
  StrategyDeleted,
  Campaign,
  CampaignSummary,
  CampaignStage,
  CampaignScaleSet,
  CampaignPage,
  CampaignEvents,
  CampaignPlan,
  PlannedScaleSet,
  Waits,
  AuditRecord,
  ChainHead,
  AuditPage,
  Anchor,
  Anchors,
  Caller,
  Health,
  Problem,
} as const satisfies Record<string, z.ZodType>;

export type ComponentName = keyof typeof REQUESTS | keyof typeof ANSWERS;

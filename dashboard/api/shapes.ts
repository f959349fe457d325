import type * as api from '../../client/types.ts';

// The API's shapes, as its description has them, under the names that the page needs to tell two kinds of instances apart.
export type ScaleSetSummary = api.ScaleSetSummary;
export type ScaleSets = api.ScaleSets;
export type ScaleSet = api.ScaleSet;
/** An instance as Azure shows it. */
export type SetInstance = api.ScaleSetInstance;
export type Rollout = api.Rollout;
export type Next = api.Next;
export type Batch = api.Batch;
export type Failure = api.Failure;
export type Cause = NonNullable<Failure['causes']>[number];
export type Left = NonNullable<Rollout['left']>;
/** An instance as a rollout knows it. */
export type RolloutInstance = api.Instance;
export type RolloutEvent = api.Event;
export type Change = api.PropertyChange;
export type Caller = api.Caller;
export type AuditRecord = api.AuditRecord;
export type Lease = api.Lease;
export type Leases = api.Leases;
/** What it says against a request, and no more where somebody before the app has refused it. */
export type Problem = Pick<api.Problem, 'code' | 'detail'> & Partial<api.Problem>;

/** What places an instance in the heat map. */
export type Placed = Pick<SetInstance, 'instanceId' | 'name' | 'updateDomain' | 'faultDomain' | 'zone'> &
  Partial<Pick<SetInstance, 'placementGroup'>>;

/** The plan of a rollout, or of a rollback. */
export type Plan = Pick<api.Plan, 'scaleSet' | 'delta' | 'class' | 'batches' | 'floor' | 'warnings'> &
  Partial<Pick<api.Plan, 'hash' | 'skipped' | 'expected' | 'window'>> &
  Partial<Pick<api.RollbackPlan, 'unrecoverable'>>;

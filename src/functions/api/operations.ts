import { COMMANDS } from '../../core/record/command.ts';
import type { CommandName } from '../../core/record/command.ts';
import { WaitsQuery } from '../report-waits.ts';
import { AnchorsQuery, AuditQuery } from '../audit.ts';
import { DeadLettersQuery } from '../notices.ts';
import { RolloutQuery } from '../list-rollouts.ts';
import { SET_ACTIONS } from '../action-body.ts';
import type { SetAction } from '../action-body.ts';
import { InstancesQuery } from '../read-scale-sets.ts';
import { CAMPAIGN_OPERATIONS, campaignCommand, ofCampaignCommands } from './campaign-operations.ts';
import type { CampaignOperation } from './campaign-operations.ts';
import { read } from './operation.ts';
import type { Operation } from './operation.ts';

const command = {
  method: 'POST',
  group: 'rollouts',
  header: 'Idempotency-Key',
  body: 'CommandBody',
  mayBeEmpty: true,
  status: 202,
  answer: 'Rollout',
  problems: [404, 409, 422],
} as const;

const freeze = {
  method: 'POST',
  group: 'operators',
  body: 'FreezeBody',
  status: 200,
  answer: 'FreezeState',
} as const;

const ofSet = { group: 'scaleSets', problems: [404, 422, 502] } as const;
const SET = 'scale-sets/{subscriptionId}/{resourceGroup}/{name}';

const schedule = { group: 'schedules', status: 200 } as const;
const SCHEDULE = 'schedules/{schedule}';

const strategy = { right: 'setStrategy', group: 'schedules', status: 200, header: 'If-Match' } as const;
const STRATEGY = 'strategies/{strategy}';
const DELETED = { method: 'DELETE', problems: [404, 412, 428] } as const;

const FIXED = {
  startRollout: {
    right: 'start',
    method: 'POST',
    path: 'rollouts',
    group: 'rollouts',
    header: 'Idempotency-Key',
    body: 'RolloutSpec',
    status: 202,
    answer: 'Rollout',
    // Where the policy reads tags, a start is judged by what Azure shows of them.
    problems: [409, 422, 502],
  },
  makePlan: {
    right: 'plan',
    method: 'POST',
    path: 'plans',
    group: 'rollouts',
    body: 'RolloutSpec',
    status: 200,
    answer: 'Plan',
    problems: [422, 502],
  },
  getWaits: read('waits', 'Waits', { query: WaitsQuery, problems: [] }),
  getRollouts: read('rollouts', 'RolloutPage', { query: RolloutQuery, problems: [] }),
  getRollout: read('rollouts/{id}', 'Rollout'),
  getPlan: read('rollouts/{id}/plan', 'Plan'),
  getInstances: read('rollouts/{id}/instances', 'Instances'),
  getEvents: read('rollouts/{id}/events', 'Events'),
  getRollbackPlan: read('rollouts/{id}/rollback-plan', 'RollbackPlan', { problems: [404, 409] }),
  explainRollout: read('rollouts/{id}/explanation', 'Explanation'),
  getGateLink: read('rollouts/{id}/gate-links/{token}', 'GateLink', { problems: [404, 410] }),
  getScaleSets: read('scale-sets', 'ScaleSets', { group: 'scaleSets', problems: [422, 502] }),
  getScaleSet: read(SET, 'ScaleSet', ofSet),
  getScaleSetInstances: read(`${SET}/instances`, 'ScaleSetInstances', { ...ofSet, query: InstancesQuery }),
  getScaleSetInstance: read(`${SET}/instances/{instanceId}`, 'ScaleSetInstance', ofSet),
  getCaller: read('me', 'Caller', { group: 'app', problems: [] }),
  getLeases: read('leases', 'Leases', { group: 'operators', problems: [] }),
  takeLeaseOver: {
    right: 'takeOver',
    method: 'POST',
    path: 'leases/{id}/take-over',
    group: 'operators',
    body: 'TakeOverBody',
    mayBeEmpty: true,
    status: 200,
    answer: 'TakenOver',
    problems: [404, 409],
  },
  getFreeze: read('freeze', 'Freeze', { group: 'operators', problems: [] }),
  freeze: { ...freeze, right: 'freeze', path: 'freeze' },
  liftFreeze: { ...freeze, method: 'DELETE', right: 'liftFreeze', path: 'freeze' },
  getPolicy: read('policy', 'PolicyView', { group: 'operators', problems: [] }),
  setPolicy: {
    right: 'setPolicy',
    method: 'PUT',
    path: 'policy',
    group: 'operators',
    header: 'If-Match',
    body: 'PolicyBody',
    status: 200,
    answer: 'PolicyState',
    problems: [412, 428],
  },
  getNotices: {
    right: 'setNotices',
    method: 'GET',
    path: 'notices',
    group: 'operators',
    status: 200,
    answer: 'NoticesView',
  },
  setNotices: {
    right: 'setNotices',
    method: 'PUT',
    path: 'notices',
    group: 'operators',
    header: 'If-Match',
    body: 'NoticesBody',
    status: 200,
    answer: 'NoticesState',
    problems: [412, 428],
  },
  getDeadLetters: read('notices/dead-letters', 'DeadLetters', {
    right: 'resendNotices',
    group: 'operators',
    query: DeadLettersQuery,
    problems: [],
  }),
  resendNotice: {
    right: 'resendNotices',
    method: 'POST',
    path: 'notices/dead-letters/{id}/resend',
    group: 'operators',
    body: 'ResendBody',
    mayBeEmpty: true,
    status: 200,
    answer: 'Resent',
    problems: [404],
  },
  getSchedules: read('schedules', 'Schedules', { group: 'schedules', problems: [] }),
  getSchedule: read(SCHEDULE, 'ScheduleView', { group: 'schedules' }),
  explainSchedule: read(`${SCHEDULE}/explanation`, 'ScheduleExplanation', { group: 'schedules' }),
  setSchedule: {
    ...schedule,
    right: 'setSchedule',
    method: 'PUT',
    path: SCHEDULE,
    header: 'If-Match',
    body: 'ScheduleBody',
    answer: 'ScheduleState',
    problems: [412, 428],
  },
  deleteSchedule: {
    ...schedule,
    right: 'setSchedule',
    method: 'DELETE',
    path: SCHEDULE,
    header: 'If-Match',
    answer: 'ScheduleDeleted',
    problems: [404, 412, 428],
  },
  runSchedule: {
    ...schedule,
    right: 'runSchedule',
    method: 'POST',
    path: `${SCHEDULE}/run`,
    answer: 'ScheduleRun',
    problems: [404, 409],
  },
  releaseVersion: {
    ...schedule,
    right: 'releaseVersion',
    method: 'POST',
    path: `${SCHEDULE}/release`,
    body: 'ReleaseBody',
    answer: 'Releases',
    problems: [404, 409],
  },
  getStrategies: read('strategies', 'Strategies', { group: 'schedules', problems: [] }),
  getStrategy: read(STRATEGY, 'StrategyView', { group: 'schedules' }),
  setStrategy: {
    ...strategy,
    method: 'PUT',
    path: STRATEGY,
    body: 'StrategyBody',
    answer: 'StrategyState',
    problems: [412, 428],
  },
  deleteStrategy: { ...strategy, ...DELETED, path: STRATEGY, answer: 'StrategyDeleted' },
  ...CAMPAIGN_OPERATIONS,
  getAudit: read('audit', 'AuditPage', {
    right: 'readAudit',
    group: 'operators',
    query: AuditQuery,
    problems: [],
  }),
  getAnchors: read('audit/anchors', 'Anchors', {
    right: 'readAudit',
    group: 'operators',
    query: AnchorsQuery,
    problems: [],
  }),
  getOpenApi: {
    right: 'read',
    method: 'GET',
    path: 'openapi.json',
    group: 'app',
    header: 'If-None-Match',
    status: 200,
    media: 'application/json',
  },
  getApiPage: { right: 'read', method: 'GET', path: 'docs', group: 'app', status: 200, media: 'text/html' },
  getPage: {
    right: 'none',
    method: 'GET',
    path: 'dashboard/{*path}',
    group: 'app',
    header: 'If-None-Match',
    status: 200,
    media: '*/*',
    problems: [404],
  },
  getHealth: { right: 'none', method: 'GET', path: 'health', group: 'app', status: 200, answer: 'Health' },
} as const satisfies Record<string, Operation>;

const action = {
  right: 'start',
  method: 'POST',
  group: 'scaleSets',
  header: 'Idempotency-Key',
  body: 'ActionBody',
  mayBeEmpty: true,
  status: 202,
  answer: 'Rollout',
  problems: [404, 409, 422, 502],
} as const;

type ActionOperation = `${SetAction}Instances`;
type CommandOperation = `${CommandName}Rollout`;
export type OperationName = keyof typeof FIXED | CommandOperation | ActionOperation | CampaignOperation;

/** Every operation of the API. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  ...FIXED,
  ...ofActions((name) => ({ ...action, path: `${SET}/${name}` })),
  ...ofCommands((name) => ({ ...command, right: name, path: `rollouts/{id}/${name}` })),
  ...ofCampaignCommands(campaignCommand),
};

/** One of something for the operation of each command. */
export function ofCommands<T>(make: (name: CommandName) => T): Readonly<Record<CommandOperation, T>> {
  const made: Partial<Record<CommandOperation, T>> = {};
  for (const name of COMMANDS) made[`${name}Rollout`] = make(name);
  return made as Record<CommandOperation, T>;
}

/** One of something for the operation of each action on a scale set. */
export function ofActions<T>(make: (name: SetAction) => T): Readonly<Record<ActionOperation, T>> {
  const made: Partial<Record<ActionOperation, T>> = {};
  for (const name of SET_ACTIONS) made[`${name}Instances`] = make(name);
  return made as Record<ActionOperation, T>;
}

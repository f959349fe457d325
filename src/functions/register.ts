import { app as functions } from '@azure/functions';
import type { HttpHandler } from '@azure/functions';
import * as df from 'durable-functions';
import { StepInput } from '../activities/frame/input.ts';
import { STEPS } from '../activities/steps.ts';
import { takeSteps } from '../activities/take-steps.ts';
import { logs } from '../core/messages/logs.ts';
import { ORCHESTRATORS } from '../orchestrators/all.ts';
import { actOnScaleSet } from './act-on-scale-set.ts';
import { allowed } from './allowed.ts';
import { anchorAuditTimer } from './anchor-audit.ts';
import { ofCampaignCommands } from './api/campaign-operations.ts';
import { ofActions, ofCommands, OPERATIONS } from './api/operations.ts';
import type { Operation } from './api/operation.ts';
import type { OperationName } from './api/operations.ts';
import type { Health } from './api/others.ts';
import type { Answer } from './api/parts.ts';
import { getApiPage, getOpenApi } from './api/serve.ts';
import type { App } from './app.ts';
import { getAnchors, getAudit } from './audit.ts';
import { guarded } from './callers.ts';
import { deliverNoticesTimer } from './deliver-notices.ts';
import { postCampaignCommand, postCampaignUndo } from './campaign-commands.ts';
import { planCampaign, startCampaign } from './campaigns.ts';
import { getCampaign, getCampaignEvents, getCampaigns } from './read-campaigns.ts';
import { registerCampaignSteps } from './campaign-steps.ts';
import { getFreeze, postFreeze } from './freeze.ts';
import { getLeases, takeLeaseOver } from './leases.ts';
import { getCaller } from './get-caller.ts';
import { getGateLink } from './gate-link.ts';
import { getPage } from './get-page.ts';
import { makePlan } from './make-plan.ts';
import { getRollouts } from './list-rollouts.ts';
import { getWaits } from './report-waits.ts';
import {
  getEvents,
  getExplanation,
  getInstances,
  getPlan,
  getRollbackPlan,
  getRollout,
} from './read-rollouts.ts';
import { getScaleSet, getScaleSetInstance, getScaleSetInstances, getScaleSets } from './read-scale-sets.ts';
import { getDeadLetters, getNotices, postResend, putNotices } from './notices.ts';
import { getPolicy, putPolicy } from './policy.ts';
import { json } from './request.ts';
import { purgeRolloutsTimer } from './purge-rollouts.ts';
import { reviveRolloutsTimer } from './revive-rollouts.ts';
import { postCommand } from './send-command.ts';
import {
  deleteSchedule,
  getSchedule,
  getScheduleExplanation,
  getSchedules,
  postRelease,
  postRun,
  putSchedule,
  runSchedulesTimer,
} from './schedules.ts';
import { deleteStrategy, getStrategies, getStrategy, putStrategy } from './strategies.ts';
import { startRollout } from './start-rollout.ts';

/** What answers each operation of the API. */
const HANDLERS: Readonly<Record<OperationName, (app: App) => HttpHandler>> = {
  startRollout,
  makePlan,
  getRollouts,
  getWaits,
  getRollout,
  getPlan,
  getInstances,
  getEvents,
  getRollbackPlan,
  explainRollout: getExplanation,
  getGateLink,
  getScaleSets,
  getScaleSet,
  getScaleSetInstances,
  getScaleSetInstance,
  getCaller,
  getLeases,
  takeLeaseOver,
  getFreeze,
  freeze: (app) => postFreeze(app, 'freeze'),
  liftFreeze: (app) => postFreeze(app, 'lift'),
  getPolicy,
  setPolicy: putPolicy,
  getNotices,
  setNotices: putNotices,
  getDeadLetters,
  resendNotice: postResend,
  getSchedules,
  getSchedule,
  explainSchedule: getScheduleExplanation,
  setSchedule: putSchedule,
  deleteSchedule,
  runSchedule: postRun,
  releaseVersion: postRelease,
  getStrategies,
  getStrategy,
  setStrategy: putStrategy,
  deleteStrategy,
  startCampaign,
  planCampaign,
  getCampaigns,
  getCampaign,
  getCampaignEvents,
  undoCampaign: postCampaignUndo,
  getAudit,
  getAnchors,
  getOpenApi,
  getApiPage,
  getPage,
  getHealth,
  ...ofActions((name) => (app: App) => actOnScaleSet(app, name)),
  ...ofCommands((name) => (app: App) => postCommand(app, name)),
  ...ofCampaignCommands((name) => (app: App) => postCampaignCommand(app, name)),
};

/** Registers every function of the app with the Functions worker. */
export function registerApp(app: App): void {
  for (const [name, orchestrator] of Object.entries(ORCHESTRATORS)) df.app.orchestration(name, orchestrator);
  for (const step of STEPS) {
    df.app.activity(step.name, {
      handler: async (input: unknown, context) => {
        try {
          return await takeSteps(step, StepInput.parse(input), app.ports());
        } catch (error) {
          context.error(logs.stepFailed(step.name, rolloutOf(input)), error);
          throw error;
        }
      },
    });
  }
  registerCampaignSteps(app);
  registerRoutes(app);
  registerTimers(app);
}

function registerTimers(app: App): void {
  const extraInputs = [df.input.durableClient()];
  const { timer } = functions;
  timer('reviveRollouts', { schedule: '0 * * * * *', extraInputs, handler: reviveRolloutsTimer(app) });
  timer('purgeRollouts', { schedule: '30 */10 * * * *', extraInputs, handler: purgeRolloutsTimer(app) });
  timer('runSchedules', { schedule: '15 * * * * *', extraInputs, handler: runSchedulesTimer(app) });
  timer('deliverNotices', { schedule: '*/15 * * * * *', handler: deliverNoticesTimer(app) });
  timer('anchorAudit', { schedule: '15 */15 * * * *', handler: anchorAuditTimer(app) });
}

function registerRoutes(app: App): void {
  for (const [name, operation] of operations()) {
    const { right, method, path } = operation;
    const isOpen = right === 'none';
    functions.http(name, {
      methods: [method],
      route: path,
      authLevel: app.keys === 'required' && !isOpen ? 'function' : 'anonymous',
      ...(!isOpen && { extraInputs: [df.input.durableClient()] }),
      handler: guarded(app.reach, forCallers(app, operation, HANDLERS[name](app))),
    });
  }
}

function rolloutOf(input: unknown): string {
  const { success, data } = StepInput.safeParse(input);
  return success ? data.rollout : '?';
}

/** Runs a function only for a caller who may. */
function forCallers(app: App, { right }: Operation, handler: HttpHandler): HttpHandler {
  return right === 'none' ? handler : allowed(app, right, handler);
}

function operations(): readonly (readonly [OperationName, Operation])[] {
  return Object.entries(OPERATIONS) as [OperationName, Operation][];
}

function getHealth({ version }: App): HttpHandler {
  return () => json(200, { status: 'ok', version } satisfies Answer<typeof Health>);
}

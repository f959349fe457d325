import { app as functions } from '@azure/functions';
import type { HttpHandler, HttpMethod } from '@azure/functions';
import * as df from 'durable-functions';
import { StepInput } from '../activities/frame/input.ts';
import { STEPS } from '../activities/steps.ts';
import { COMMANDS } from '../core/record/command.ts';
import { ORCHESTRATORS } from '../orchestrators/all.ts';
import type { App } from './app.ts';
import { guarded } from './callers.ts';
import { getFreeze, postFreeze } from './freeze.ts';
import { getLeases, takeLeaseOver } from './leases.ts';
import { signedIn } from './identity.ts';
import { getPage } from './get-page.ts';
import { makePlan } from './make-plan.ts';
import { getRollouts } from './list-rollouts.ts';
import {
  getEvents,
  getExplanation,
  getInstances,
  getPlan,
  getRollbackPlan,
  getRollout,
} from './read-rollouts.ts';
import { getScaleSet, getScaleSetInstance, getScaleSetInstances, getScaleSets } from './read-scale-sets.ts';
import { json } from './request.ts';
import { reviveRolloutsTimer } from './revive-rollouts.ts';
import { postCommand } from './send-command.ts';
import { startRollout } from './start-rollout.ts';

const SCALE_SET = 'scale-sets/{subscriptionId}/{resourceGroup}/{name}';

type Route = (name: string, method: HttpMethod, path: string, handler: HttpHandler) => void;

/** Registers every function of the app with the Functions worker. */
export function registerApp(app: App): void {
  for (const [name, orchestrator] of Object.entries(ORCHESTRATORS)) df.app.orchestration(name, orchestrator);
  for (const step of STEPS) {
    df.app.activity(step.name, {
      handler: async (input: unknown, context) => {
        try {
          return await step.run(StepInput.parse(input), app.ports());
        } catch (error) {
          context.error(`${step.name} failed`, error);
          throw error;
        }
      },
    });
  }
  registerRoutes(app);
  registerOpenRoutes(app);
  functions.timer('reviveRollouts', {
    schedule: '0 * * * * *',
    extraInputs: [df.input.durableClient()],
    handler: reviveRolloutsTimer(app),
  });
}

function registerRoutes(app: App): void {
  const route: Route = (name, method, path, handler) =>
    functions.http(name, {
      methods: [method],
      route: path,
      authLevel: app.keys === 'required' ? 'function' : 'anonymous',
      extraInputs: [df.input.durableClient()],
      handler: guarded(app.reach, signedIn(app.identity, handler)),
    });
  route('startRollout', 'POST', 'rollouts', startRollout(app));
  route('makePlan', 'POST', 'plans', makePlan(app));
  route('getRollouts', 'GET', 'rollouts', getRollouts(app));
  route('getRollout', 'GET', 'rollouts/{id}', getRollout(app));
  route('getPlan', 'GET', 'rollouts/{id}/plan', getPlan(app));
  route('getInstances', 'GET', 'rollouts/{id}/instances', getInstances(app));
  route('getEvents', 'GET', 'rollouts/{id}/events', getEvents(app));
  route('getRollbackPlan', 'GET', 'rollouts/{id}/rollback-plan', getRollbackPlan(app));
  route('explainRollout', 'GET', 'rollouts/{id}/explanation', getExplanation(app));
  route('getScaleSets', 'GET', 'scale-sets', getScaleSets(app));
  route('getScaleSet', 'GET', SCALE_SET, getScaleSet(app));
  route('getScaleSetInstances', 'GET', `${SCALE_SET}/instances`, getScaleSetInstances(app));
  route('getScaleSetInstance', 'GET', `${SCALE_SET}/instances/{instanceId}`, getScaleSetInstance(app));
  route('getLeases', 'GET', 'leases', getLeases(app));
  route('takeLeaseOver', 'POST', 'leases/{id}/take-over', takeLeaseOver(app));
  route('getFreeze', 'GET', 'freeze', getFreeze(app));
  route('freeze', 'POST', 'freeze', postFreeze(app, 'freeze'));
  route('liftFreeze', 'POST', 'freeze/lift', postFreeze(app, 'lift'));
  for (const command of COMMANDS) {
    route(`${command}Rollout`, 'POST', `rollouts/{id}/${command}`, postCommand(app, command));
  }
}

/** Nobody signs in for these. */
function registerOpenRoutes(app: App): void {
  functions.http('getHealth', {
    methods: ['GET'],
    route: 'health',
    authLevel: 'anonymous',
    handler: guarded(app.reach, () => json(200, { status: 'ok', version: app.version })),
  });
  functions.http('getPage', {
    methods: ['GET'],
    route: 'dashboard/{*path}',
    authLevel: 'anonymous',
    handler: guarded(app.reach, getPage(app)),
  });
}

import { app as functions } from '@azure/functions';
import type { HttpHandler, HttpMethod } from '@azure/functions';
import * as df from 'durable-functions';
import { StepInput } from '../activities/frame/input.ts';
import { STEPS } from '../activities/steps.ts';
import type { Act } from '../core/access/rights.ts';
import { COMMANDS } from '../core/record/command.ts';
import { ORCHESTRATORS } from '../orchestrators/all.ts';
import type { App } from './app.ts';
import { guarded } from './callers.ts';
import { getFreeze, postFreeze } from './freeze.ts';
import { getLeases, takeLeaseOver } from './leases.ts';
import { allowed } from './identity.ts';
import { getCaller } from './get-caller.ts';
import { getPage } from './get-page.ts';
import { limited } from './limited.ts';
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

interface Route {
  /** What a caller must be allowed to do. */
  readonly right: Act;
  readonly method: HttpMethod;
  readonly path: string;
}

interface Router {
  /** A function that changes nothing. */
  readonly get: (name: string, path: string, handler: HttpHandler) => void;
  /** A function for what only some may do; called as that, unless it has another name. */
  readonly post: (right: Act, path: string, handler: HttpHandler, name?: string) => void;
}

function routerOf(app: App): Router {
  const route = (name: string, { right, method, path }: Route, handler: HttpHandler): void =>
    functions.http(name, {
      methods: [method],
      route: path,
      authLevel: app.keys === 'required' ? 'function' : 'anonymous',
      extraInputs: [df.input.durableClient()],
      handler: guarded(app.reach, allowed(app.identity, right, handler)),
    });
  return {
    get: (name, path, handler) => route(name, { right: 'read', method: 'GET', path }, handler),
    post: (right, path, handler, name = right) =>
      route(name, { right, method: 'POST', path }, limited(app, right, handler)),
  };
}

function registerRoutes(app: App): void {
  const { get, post } = routerOf(app);
  post('start', 'rollouts', startRollout(app), 'startRollout');
  post('plan', 'plans', makePlan(app), 'makePlan');
  get('getRollouts', 'rollouts', getRollouts(app));
  get('getRollout', 'rollouts/{id}', getRollout(app));
  get('getPlan', 'rollouts/{id}/plan', getPlan(app));
  get('getInstances', 'rollouts/{id}/instances', getInstances(app));
  get('getEvents', 'rollouts/{id}/events', getEvents(app));
  get('getRollbackPlan', 'rollouts/{id}/rollback-plan', getRollbackPlan(app));
  get('explainRollout', 'rollouts/{id}/explanation', getExplanation(app));
  get('getScaleSets', 'scale-sets', getScaleSets(app));
  get('getScaleSet', SCALE_SET, getScaleSet(app));
  get('getScaleSetInstances', `${SCALE_SET}/instances`, getScaleSetInstances(app));
  get('getScaleSetInstance', `${SCALE_SET}/instances/{instanceId}`, getScaleSetInstance(app));
  get('getCaller', 'me', getCaller(app));
  get('getLeases', 'leases', getLeases(app));
  post('takeOver', 'leases/{id}/take-over', takeLeaseOver(app), 'takeLeaseOver');
  get('getFreeze', 'freeze', getFreeze(app));
  post('freeze', 'freeze', postFreeze(app, 'freeze'));
  post('liftFreeze', 'freeze/lift', postFreeze(app, 'lift'));
  for (const command of COMMANDS) {
    post(command, `rollouts/{id}/${command}`, postCommand(app, command), `${command}Rollout`);
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

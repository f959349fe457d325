import { ArmError } from '../errors/arm-error.ts';
import { entityNotFound } from '../errors/catalogue.ts';
import { faultFor } from '../faults/match.ts';
import { param, type Call, type Reply } from '../calls/call.ts';
import type { Operation } from '../store/operations.ts';
import { isOwnQuery, operationStatus, pollRetryAfter } from '../wire/operation.ts';
import type { World } from '../world.ts';

/** One path, two uses: here the status for `Azure-AsyncOperation`, below the result for `Location`. */
export function pollOperation(world: World, call: Call): Reply {
  const operation = findOperation(world, call);
  const isRunning = operation.status === 'InProgress';
  const odd = faultFor(world, 'operationShows', call.traits, ({ whenEnded }) => isRunning || whenEnded);
  return {
    status: 200,
    headers: isRunning ? { 'retry-after': pollRetryAfter(world) } : {},
    body: operationStatus(world, operation, odd?.status),
  };
}

/** The final GET must answer 200 with an empty body (arm-vmss.md 1.7, 2.1). */
export function monitorOperation(world: World, call: Call): Reply {
  const operation = findOperation(world, call);
  if (operation.status === 'InProgress') {
    return { status: world.profile.monitorWhileRunning, headers: { 'retry-after': pollRetryAfter(world) } };
  }
  const { failure } = operation;
  if (failure !== undefined && world.profile.monitorAfterFailure === 409) throw new ArmError(409, failure);
  return { status: 200, body: operation.output };
}

function findOperation(world: World, call: Call): Operation {
  const operation = world.operations.get(param(call, 'operation').toLowerCase());
  if (operation === undefined) throw entityNotFound();
  if (world.profile.operationUrlsAreChecked && !isOwnQuery(operation, call.url.searchParams)) {
    throw new ArmError(403, {
      code: 'AuthorizationFailed',
      message: 'The signature of the operation URL is invalid.',
    });
  }
  return operation;
}

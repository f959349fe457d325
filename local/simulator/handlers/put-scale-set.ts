import { ArmError } from '../errors/arm-error.ts';
import {
  invalidParameter,
  preconditionFailed,
  propertyChangeNotAllowed,
  resourceGroupNotFound,
} from '../errors/catalogue.ts';
import { bodyOf, param, type Call, type Reply } from '../calls/call.ts';
import { withCreationDefaults } from '../model/defaults.ts';
import type { JsonObject } from '../model/json.ts';
import { lenient } from '../model/leniency.ts';
import { checkTakesOnlyLatest } from '../model/policies.ts';
import { withoutNulls, writablePart } from '../model/merge.ts';
import { checkNewModel } from '../rules/restrictions.ts';
import { etagText, type ScaleSet } from '../store/scale-set.ts';
import { operationHeaders } from '../wire/operation.ts';
import { scaleSetResource } from '../wire/scale-set.ts';
import { createScaleSet } from '../work/creation.ts';
import { scaleSetKey, type World } from '../world.ts';
import { checkAcceptance } from './acceptance.ts';
import { checkQuota } from './quota.ts';
import { parseModel } from './model-body.ts';
import { writeToSet } from './write-model.ts';

/** Creates a set (201), or changes one (200): what the body leaves out stays as it is (arm-vmss.md 3.3). */
export function putScaleSet(world: World, call: Call): Reply {
  const body = withoutNulls(bodyOf(call));
  const key = scaleSetKey(param(call, 'subscription'), param(call, 'group'), param(call, 'name'));
  const set = world.scaleSets.get(key);
  checkIfNoneMatch(call, set);
  return set === undefined ? create(world, call, body) : change(world, call, set, body);
}

/** `*` means: only create. Anything else is an error (arm-vmss.md 3.5). */
function checkIfNoneMatch(call: Call, set: ScaleSet | undefined): void {
  const given = call.headers.get('if-none-match');
  if (given === null) return;
  if (given !== '*') {
    throw invalidParameter('If-None-Match', "The If-None-Match header accepts only the value '*'.");
  }
  if (set !== undefined) {
    throw new ArmError(412, { code: 'PreconditionFailed', message: 'The resource already exists.' });
  }
}

function change(world: World, call: Call, set: ScaleSet, body: JsonObject): Reply {
  const { location } = body;
  if (typeof location === 'string' && normal(location) !== normal(set.location)) {
    throw propertyChangeNotAllowed('location', world.profile.propertyChangeStatus);
  }
  return writeToSet(world, call, set, { operation: 'put', patch: writablePart(body) });
}

function create(world: World, call: Call, body: JsonObject): Reply {
  const group = param(call, 'group');
  const given = call.headers.get('if-match');
  if (given !== null) throw preconditionFailed(given, 'none');
  const resourceGroup = world.resourceGroups.get(group.toLowerCase());
  if (resourceGroup === undefined) throw resourceGroupNotFound(group);
  const { location } = body;
  if (typeof location !== 'string' || location === '') {
    throw new ArmError(400, {
      code: 'LocationRequired',
      message: 'The location property is required for this definition.',
    });
  }
  const model = parseModel(world, lenient(world.profile, withCreationDefaults(writablePart(body))));
  if (world.profile.automaticOsUpgradeTakesOnlyLatest) checkTakesOnlyLatest(undefined, model);
  checkNewModel(world.images, model);
  checkQuota(world, param(call, 'name'), { size: model.sku.name, added: model.sku.capacity });
  const { set, operation } = createScaleSet(world, {
    name: param(call, 'name'),
    location,
    resourceGroup,
    model,
  });
  checkAcceptance(world, set);
  return {
    status: 201,
    headers: {
      etag: etagText(set.etag),
      'x-ms-request-charge': String(model.sku.capacity),
      ...operationHeaders(world, call, operation, 'PATCH'),
    },
    body: scaleSetResource(world, set),
    accepted: { set, operation },
  };
}

function normal(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}

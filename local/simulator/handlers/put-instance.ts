import { invalidParameter, propertyChangeNotAllowed } from '../errors/catalogue.ts';
import { mishapsOf } from '../faults/mishaps.ts';
import { bodyOf, type Call, type Reply } from '../calls/call.ts';
import { isObject, valueAt, type JsonObject } from '../model/json.ts';
import type { Instance, Protection } from '../store/instance.ts';
import { etagText, type ScaleSet } from '../store/scale-set.ts';
import { instanceEtag, instanceResource, modelAt } from '../wire/instance.ts';
import { operationHeaders } from '../wire/operation.ts';
import { startInstanceWrite } from '../work/instance-write.ts';
import { checkOverlap } from '../work/manual-upgrade.ts';
import type { World } from '../world.ts';
import { checkAcceptance } from './acceptance.ts';
import { askedDisks, checkOwners } from './data-disks.ts';
import { findScaleSet, presentInstance } from './find.ts';
import { checkIfMatch } from './model-body.ts';

/** Writes an instance: its protection and its data disks; everything else comes from the model (arm-vmss.md 2, 3.3). */
export function putInstance(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const instance = presentInstance(set, call);
  const body = bodyOf(call);
  checkAcceptance(world, set);
  checkIfMatch(call, instanceEtag(instance.state));
  checkSize(world, set, instance, body);
  checkOverlap(world, set, [instance]);
  const disks = valueAt(body, 'properties.storageProfile.dataDisks');
  const wanted = disks === undefined ? undefined : askedDisks(instance, disks);
  if (wanted !== undefined) checkOwners(world, instance, wanted);
  const operation = startInstanceWrite(world, set, instance, {
    kind: 'putInstance',
    mishaps: mishapsOf(world, call.traits),
    protection: readProtection(body),
    dataDisks: wanted,
  });
  const { state } = instance;
  const etag = etagText(state.etag);
  return {
    status: 200,
    headers: { etag, 'x-ms-request-charge': '1', ...operationHeaders(world, call, operation, 'PATCH') },
    body: instanceResource(world, set, { instance, state, apiVersion: call.apiVersion }),
    accepted: { set, operation },
  };
}

function checkSize(world: World, set: ScaleSet, instance: Instance, body: JsonObject): void {
  const size = valueAt(body, 'properties.hardwareProfile.vmSize');
  const present = modelAt(set, instance.state).sku.name;
  if (typeof size === 'string' && size.toLowerCase() !== present.toLowerCase()) {
    throw propertyChangeNotAllowed('hardwareProfile.vmSize', world.profile.propertyChangeStatus);
  }
}

function readProtection(body: JsonObject): Protection | undefined {
  const policy = valueAt(body, 'properties.protectionPolicy');
  if (!isObject(policy)) return undefined;
  const protectFromScaleIn = policy['protectFromScaleIn'] === true;
  const protectFromScaleSetActions = policy['protectFromScaleSetActions'] === true;
  if (protectFromScaleSetActions && policy['protectFromScaleIn'] === false) {
    throw invalidParameter(
      'protectionPolicy',
      'protectFromScaleIn must be true when protectFromScaleSetActions is true.',
    );
  }
  return {
    protectFromScaleIn: protectFromScaleIn || protectFromScaleSetActions,
    protectFromScaleSetActions,
  };
}

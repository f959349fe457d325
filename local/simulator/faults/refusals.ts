import { requiredAction } from '../access/required.ts';
import { ArmError } from '../errors/arm-error.ts';
import * as access from '../errors/access.ts';
import { serviceUnavailable } from '../errors/catalogue.ts';
import type { Call } from '../calls/call.ts';
import type { World } from '../world.ts';
import { faultFor, outageNow } from './match.ts';
import { retryAfterOf } from './retry-after.ts';
import type { FaultOf } from './schema.ts';

/** Throws what faults answer in the service's stead, before it has looked at the request. */
export function checkRefusals(world: World, call: Call): void {
  const outage = outageNow(world);
  if (outage !== undefined) throw serviceUnavailable(retryAfterOf(world, outage));
  const denied = faultFor(world, 'accessDenied', call.traits);
  if (denied !== undefined) throw denial(world, call, denied.why);
  const refused = faultFor(world, 'refused', call.traits);
  if (refused !== undefined) {
    const { status, code, message } = refused;
    throw new ArmError(status, { code, message }, retryAfterOf(world, refused));
  }
  const broken = faultFor(world, 'serverError', call.traits);
  if (broken === undefined) return;
  const body = { code: 'InternalServerError', message: 'Encountered internal server error.' };
  throw new ArmError(broken.status, body, retryAfterOf(world, broken));
}

function denial(world: World, call: Call, why: FaultOf<'accessDenied'>['why']): ArmError {
  const asked = requiredAction(call) ?? { action: 'read', scope: call.url.pathname };
  switch (why) {
    case 'missingRights':
      return access.authorizationFailed(asked);
    case 'linkedAccess':
      return access.linkedAuthorizationFailed(asked, subnetOf(call));
    case 'denyAssignment':
      return access.denyAssignment(asked);
    case 'policy':
      return access.disallowedByPolicy(asked, call.params['name'] ?? '');
    case 'lock':
      return access.scopeLocked(asked);
    case 'expiredToken':
      return access.expiredToken(world.wireTime.date(world.now() - 1000), world.wireTime.date(world.now()));
    case 'invalidToken':
      return access.invalidToken();
  }
}

/** Some subnet that the set might be in. */
function subnetOf({ params }: Call): access.Asked {
  const group = `/subscriptions/${params['subscription'] ?? ''}/resourceGroups/${params['group'] ?? ''}`;
  return {
    action: 'Microsoft.Network/virtualNetworks/subnets/join/action',
    scope: `${group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/default`,
  };
}

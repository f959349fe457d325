import { ArmError } from './arm-error.ts';

/** What somebody asked to do, and where. */
export interface Asked {
  /** As roles name it: `Microsoft.Compute/virtualMachineScaleSets/write`. */
  readonly action: string;
  readonly scope: string;
}

/** The caller as refusals name it. */
const CLIENT =
  "The client '00000000-0000-4000-8000-0000000000aa' with object id '00000000-0000-4000-8000-0000000000aa'";

export function authorizationFailed({ action, scope }: Asked): ArmError {
  return new ArmError(403, {
    code: 'AuthorizationFailed',
    message:
      `${CLIENT} does not have authorization to perform action '${action}' over scope '${scope}' or the scope is ` +
      'invalid. If access was recently granted, please refresh your credentials.',
  });
}

/** The right on what the body refers to is missing. */
export function linkedAuthorizationFailed({ action, scope }: Asked, linked: Asked): ArmError {
  return new ArmError(403, {
    code: 'LinkedAuthorizationFailed',
    message:
      `${CLIENT} has permission to perform action '${action}' on scope '${scope}'; however, it does not have ` +
      `permission to perform action(s) '${linked.action}' on the linked scope(s) '${linked.scope}' (respectively) or ` +
      'the linked scope(s) are invalid.',
  });
}

/** Managed applications and clusters protect what they own so. */
export function denyAssignment({ action, scope }: Asked): ArmError {
  return new ArmError(403, {
    code: 'DenyAssignmentAuthorizationFailed',
    message:
      `${CLIENT} has permission to perform action '${action}' on scope '${scope}'; however, the access is denied ` +
      "because of the deny assignment with name 'System deny assignment created by managed application'.",
  });
}

export function disallowedByPolicy({ scope }: Asked, resource: string): ArmError {
  const policy = {
    policyAssignment: {
      name: 'Allowed images',
      id: `${scope}/providers/Microsoft.Authorization/policyAssignments/images`,
    },
    policyDefinition: {
      name: 'Allowed images',
      id: '/providers/Microsoft.Authorization/policyDefinitions/images',
    },
  };
  return new ArmError(403, {
    code: 'RequestDisallowedByPolicy',
    target: resource,
    message: `Resource '${resource}' was disallowed by policy. Policy identifiers: '${JSON.stringify([policy])}'.`,
    additionalInfo: [{ type: 'PolicyViolation', info: policy }],
  });
}

export function scopeLocked({ action, scope }: Asked): ArmError {
  const what = action.endsWith('/delete') ? 'delete' : 'write';
  return new ArmError(409, {
    code: 'ScopeLocked',
    message:
      `The scope '${scope}' cannot perform ${what} operation because following scope(s) are locked: ` +
      `'${scope.replace(/\/providers\/.*$/, '')}'. Please remove the lock and try again.`,
  });
}

const CHALLENGE =
  'Bearer authorization_uri="https://login.microsoftonline.com/common", error="invalid_token"';

export function expiredToken(expiry: string, now: string): ArmError {
  return new ArmError(
    401,
    {
      code: 'ExpiredAuthenticationToken',
      message: `The access token expiry UTC time '${expiry}' is earlier than current UTC time '${now}'.`,
    },
    { 'www-authenticate': CHALLENGE },
  );
}

export function invalidToken(): ArmError {
  return new ArmError(
    401,
    { code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' },
    { 'www-authenticate': CHALLENGE },
  );
}

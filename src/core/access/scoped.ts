import { isIn } from './area.ts';
import type { Area, Place } from './area.ts';
import { keyOf } from './caller.ts';
import type { Caller, Grant, Role } from './caller.ts';
import type { Policy } from './policy.ts';

/** A caller with what the policy gives them; the token alone says who they are and which app roles they have. */
export function underPolicy(caller: Caller, policy: Policy): Caller {
  const { assignments } = policy;
  const approvesIn = approvalAreas(caller, policy);
  return {
    ...caller,
    ...(assignments !== undefined && { grants: grantsOf(caller, assignments) }),
    ...(approvesIn.length > 0 && { approvesIn }),
  };
}

function grantsOf(caller: Caller, assignments: NonNullable<Policy['assignments']>): readonly Grant[] {
  const known = [keyOf(caller.name), ...(caller.groups ?? [])].map((id) => id.toLowerCase());
  return assignments
    .filter(
      ({ appRoles = [], principals = [] }) =>
        appRoles.some((role) => caller.roles.includes(role)) || principals.some((id) => known.includes(id)),
    )
    .map(({ role, scopes, tags }) => ({ role, scopes, tags }));
}

function approvalAreas(caller: Caller, { rules }: Policy): readonly Area[] {
  if (caller.kind !== 'application') return [];
  const id = keyOf(caller.name).toLowerCase();
  return rules
    .filter(({ approvingApplications = [] }) => approvingApplications.includes(id))
    .map(({ scopes, tags }) => ({ scopes, tags }));
}

/** Where something is done: to a scale set, to all of the app, or to something that is still to be found. */
export type Where = 'somewhere' | 'everywhere' | Place;

/** The roles that count there. */
export function rolesAt({ roles, grants }: Caller, where: Where): readonly Role[] {
  if (grants === undefined) return roles;
  return grants.filter((grant) => covers(grant, where)).map(({ role }) => role);
}

/** Whether the policy names this application among those who approve there. */
export function mayApproveAt({ approvesIn = [] }: Caller, where: Where): boolean {
  return approvesIn.some((area) => covers(area, where));
}

function covers(area: Area, where: Where): boolean {
  if (where === 'somewhere') return true;
  if (where === 'everywhere') return area.scopes === undefined && area.tags === undefined;
  return isIn(where, area);
}

import { authorizationFailed, linkedAuthorizationFailed, type Asked } from '../errors/access.ts';
import type { Call } from '../calls/call.ts';
import { linkedRights, requiredAction } from './required.ts';

/** A role at a scope, as the caller of the simulator has it. */
export interface Grant {
  readonly scope: string;
  readonly actions: readonly string[];
}

export interface Access {
  /** Whose roles these are, by the token that they show; whoever shows another one, or none, may do everything. */
  readonly token: string;
  readonly grants: readonly Grant[];
  /** Told each right that a request needs. */
  readonly onAsked?: (asked: Asked) => void;
}

/** Refuses what the caller has no role for: first the request itself, then what its body refers to. */
export function checkAccess({ token, grants, onAsked }: Access, call: Call): void {
  if (call.headers.get('authorization') !== `Bearer ${token}`) return;
  const asked = requiredAction(call);
  if (asked === undefined) return;
  onAsked?.(asked);
  if (!isGranted(grants, asked)) throw authorizationFailed(asked);
  for (const linked of linkedRights(call)) {
    onAsked?.(linked);
    if (!isGranted(grants, linked)) throw linkedAuthorizationFailed(asked, linked);
  }
}

/** Roles hold below their scope, and know no case; those with wildcards are not for this. */
function isGranted(grants: readonly Grant[], { action, scope }: Asked): boolean {
  return grants.some(
    (grant) =>
      `${scope}/`.toLowerCase().startsWith(`${grant.scope}/`.toLowerCase()) &&
      grant.actions.some((granted) => granted.toLowerCase() === action.toLowerCase()),
  );
}

import type { Place } from './area.ts';
import { access } from '../messages/access.ts';
import type { CommandName } from '../record/command.ts';
import { isSameCaller } from './caller.ts';
import type { Caller, Role } from './caller.ts';
import { mayApproveAt, rolesAt } from './scoped.ts';
import type { Where } from './scoped.ts';

/** Everything that the API lets do: a route has one of these, or it does not start. */
export type Act =
  | 'read'
  | 'plan'
  | 'start'
  | 'takeOver'
  | 'readAudit'
  | 'freeze'
  | 'liftFreeze'
  | 'setPolicy'
  | 'setNotices'
  | 'resendNotices'
  | 'ignoreWindow'
  | 'changeTag'
  | 'startOnHost'
  | 'setSchedule'
  | 'runSchedule'
  | 'setStrategy'
  | 'releaseVersion'
  | CommandName;

interface Right {
  /** Any one of these roles is enough. */
  readonly roles: readonly Role[];
  /** Enough for a rollout that the caller has requested. */
  readonly own?: readonly Role[];
  /** Not for applications, whatever role they have, but for those that the policy names. */
  readonly isForPeople?: true;
  /** It concerns all of the app: a role for some scale sets is not enough. */
  readonly isEverywhere?: true;
}

const COMMAND: Right = { roles: ['operator'], own: ['requester'] };

/**
 * Who may do what; what does not stand here nobody may. In which phase a command is possible is a matter of its own
 * (`core/run/objections.ts`): it is judged only for a caller who may.
 */
const RIGHTS: Readonly<Record<Act, Right>> = {
  read: { roles: ['viewer', 'requester', 'approver', 'operator', 'admin'] },
  plan: { roles: ['requester', 'approver', 'operator'] },
  start: { roles: ['requester', 'operator'] },
  // To stop takes one person and no approval; to go on takes an operator, or whoever began it.
  pause: { roles: ['requester', 'approver', 'operator'] },
  resume: COMMAND,
  approve: { roles: ['approver'], isForPeople: true },
  reject: { roles: ['approver', 'operator'] },
  rollback: COMMAND,
  abort: COMMAND,
  retry: COMMAND,
  skip: COMMAND,
  quarantine: COMMAND,
  takeOver: { roles: ['operator'] },
  readAudit: { roles: ['viewer', 'requester', 'approver', 'operator', 'admin'], isEverywhere: true },
  freeze: { roles: ['operator', 'admin'], isEverywhere: true },
  liftFreeze: { roles: ['operator', 'admin'], isEverywhere: true },
  setPolicy: { roles: ['admin'], isEverywhere: true },
  // Where the app sends to, and with which secrets, is nobody else's to know.
  setNotices: { roles: ['admin'], isEverywhere: true },
  resendNotices: { roles: ['operator', 'admin'], isEverywhere: true },
  // Whoever began a rollout may not take it out of the windows that were set for it.
  ignoreWindow: { roles: ['operator'] },
  // Who could change such a tag could choose the rules of the scale set.
  changeTag: { roles: ['admin'] },
  startOnHost: { roles: ['admin'] },
  // A schedule starts rollouts in its own name, on sets that nobody names each time.
  setSchedule: { roles: ['operator', 'admin'], isEverywhere: true },
  // Rollouts of others are judged by it.
  setStrategy: { roles: ['operator', 'admin'], isEverywhere: true },
  runSchedule: { roles: ['operator'], isEverywhere: true },
  releaseVersion: { roles: ['operator'], isEverywhere: true },
};

/** What a page offers on a scale set, and what it offers whatever is chosen. */
export const ACTS_ON_SET = ['plan', 'start'] as const satisfies readonly Act[];
export const ACTS_OF_APP = [
  'plan',
  'start',
  'setNotices',
  'resendNotices',
  'setStrategy',
  'freeze',
  'liftFreeze',
  'takeOver',
  'readAudit',
] as const satisfies readonly Act[];

/** Why a caller may not do something. */
export interface Denial {
  readonly message: string;
  readonly remedy: string;
}

/**
 * What something is done to: a rollout or its scale set, with who requested it where that counts. Without a scale set it
 * is a campaign, which may concern any: a role for some of them is not enough.
 */
export interface Target extends Partial<Place> {
  readonly requestedBy?: string;
}

/**
 * Why the caller may not do it; `undefined` where they may. Without a target it is not known yet, and whoever may do it
 * to some rollout, in some scope, is let through to where it is.
 */
export function denialOf(act: Act, caller: Caller, target?: Target): Denial | undefined {
  const { roles, own = [], isForPeople, isEverywhere } = RIGHTS[act];
  const where = whereOf(target, isEverywhere === true);
  if (isForPeople === true && caller.kind === 'application' && !mayApproveAt(caller, where)) {
    return { message: access.notForApplications(act), remedy: access.notForApplicationsRemedy };
  }
  const has = act === 'setPolicy' && caller.roles.includes('admin') ? caller.roles : rolesAt(caller, where);
  const isOwn = target?.requestedBy === undefined || isSameCaller(target.requestedBy, caller.name);
  const enough = isOwn ? [...roles, ...own] : roles;
  if (enough.some((role) => has.includes(role))) return undefined;
  const isOthers = !isOwn && own.some((role) => has.includes(role));
  return {
    message: isOthers ? access.othersRollout(act, roles) : access.lacksRole(act, { needs: enough, has }),
    remedy: caller.grants === undefined ? access.lacksRoleRemedy : access.lacksRoleHereRemedy,
  };
}

/** Which of these the caller may not do, and why. */
export function deniedOf<A extends Act>(
  acts: readonly A[],
  caller: Caller,
  target?: Target,
): readonly { readonly act: A; readonly message: string }[] {
  return acts.flatMap((act) => {
    const denial = denialOf(act, caller, target);
    return denial === undefined ? [] : [{ act, message: denial.message }];
  });
}

function whereOf(target: Target | undefined, isEverywhere: boolean): Where {
  if (target === undefined) return isEverywhere ? 'everywhere' : 'somewhere';
  const { scaleSet, tags } = target;
  return scaleSet === undefined ? 'everywhere' : { scaleSet, ...(tags !== undefined && { tags }) };
}

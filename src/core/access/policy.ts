import { z } from 'zod';
import { isIn, isWithin } from './area.ts';
import type { Place } from './area.ts';
import { ROLES } from './caller.ts';
import { policy as words } from '../messages/policy.ts';
import { count, maybe, text, time } from '../model/schemas.ts';
import type { FieldError } from '../spec/field-errors.ts';
import type { RolloutSpec } from '../spec/spec.ts';

/** A subscription, a resource group or a scale set, by its resource id, in any letters. */
const scope = z.string().regex(/^\/subscriptions\/[^/?#]+(?:\/[^/?#]+)*$/, words.scopeFormat);
export const scopes = z.array(scope).min(1).max(200);

/** Tags with the values that count, in any letters. */
const tags = z
  .record(z.string().min(1).max(512), z.array(z.string().max(256)).min(1).max(50))
  .refine((given) => Object.keys(given).length > 0, words.noTags);

const ids = z.array(z.guid().toLowerCase()).min(1).max(200);

/** Gives a role to holders of an app role, and to people, applications and groups by object id. */
const Assignment = z
  .strictObject({
    role: z.enum(ROLES),
    appRoles: z.array(z.enum(ROLES)).min(1).optional(),
    principals: ids.optional(),
    /** Where; everywhere without both. */
    scopes: scopes.optional(),
    tags: tags.optional(),
  })
  .refine(({ appRoles, principals }) => (appRoles ?? principals) !== undefined, words.toNobody);

const Rule = z
  .strictObject({
    /** For people, where a spec is refused by it. */
    name: z.string().min(1).max(100),
    /** For scale sets in these scopes, with these tags, or both. */
    scopes: scopes.optional(),
    tags: tags.optional(),
    /** Before what a person must approve at least. */
    approvalBefore: z.enum(['rollout', 'batch']).optional(),
    leastQuorum: z.int().min(1).max(10).optional(),
    /** The requester's own approval never counts. */
    requesterApproves: z.literal(false).optional(),
    /** No gate opens by itself when nobody has approved in time. */
    timeoutApproves: z.literal(false).optional(),
    /** The widest that a spec may ask for, in percent. */
    maxUnavailablePercent: z.int().min(1).max(100).optional(),
    leastSoakSeconds: z.int().min(1).max(604_800).optional(),
    /** Object ids of the only applications whose approval counts here; without it people alone approve. */
    approvingApplications: ids.optional(),
  })
  .refine(({ scopes: where, tags: marks }) => (where ?? marks) !== undefined, words.forNothing);
type Rule = Readonly<z.infer<typeof Rule>>;

/** What requesters cannot weaken, whatever their specs say. */
export const Policy = z.strictObject({
  /** Where rollouts are allowed at all; everywhere that the app may reach, if it is left out. */
  allowedScopes: scopes.optional(),
  /** Only scale sets with these tags. */
  allowedTags: tags.optional(),
  /** What the app, or a pipeline that deploys or calls it, runs on: a rollout there may cut off the branch that it sits on. */
  hosts: scopes.optional(),
  rules: z.array(Rule).max(200).default([]),
  /** Once there is one, nobody has a role but by these; only the app role admin lets set the policy all the same. */
  assignments: z.array(Assignment).max(500).optional(),
});
export type Policy = Readonly<z.infer<typeof Policy>>;

/** One version of the policy, kept for ever: who wrote it, and why. */
export const PolicyVersion = z.strictObject({
  number: count,
  by: text,
  at: time,
  reason: maybe(text),
  policy: Policy,
});
export type PolicyVersion = Readonly<z.infer<typeof PolicyVersion>>;

/** Whether rollouts over this scale set are allowed at all. */
export function isAllowed({ allowedScopes, allowedTags }: Policy, place: Place): boolean {
  return isIn(place, { scopes: allowedScopes, tags: allowedTags });
}

/** Whether the app or a pipeline of it runs on this scale set. */
export function isHost({ hosts = [] }: Policy, scaleSet: string): boolean {
  return isWithin(scaleSet, hosts);
}

/** The tags, by their names in lower case, that decide anything of this scale set. */
export function tagsRead(
  { allowedTags = {}, rules, assignments = [] }: Policy,
  scaleSet: string,
): readonly string[] {
  const areas = [...rules, ...assignments].filter(
    ({ scopes: where }) => where === undefined || isWithin(scaleSet, where),
  );
  const names = [allowedTags, ...areas.map(({ tags: read = {} }) => read)].flatMap((read) =>
    Object.keys(read),
  );
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** Where a spec is weaker than the policy's rules for its scale set want it; empty where it is not. */
export function judgeSpec({ rules }: Policy, spec: RolloutSpec, place: Place): readonly FieldError[] {
  return rules.filter((rule) => isIn(place, rule)).flatMap((rule) => breaches(rule, spec));
}

function breaches(rule: Rule, spec: RolloutSpec): readonly FieldError[] {
  const { approvals, strategy, soakSeconds } = spec;
  const {
    name,
    approvalBefore,
    leastQuorum = 0,
    requesterApproves,
    timeoutApproves,
    leastSoakSeconds = 0,
  } = rule;
  const isApproved = approvals.before !== 'none';
  const checks: readonly (readonly [isBroken: boolean, path: string, message: string])[] = [
    [!asksFor(approvalBefore, spec), 'approvals.before', words.before(approvalBefore ?? '')],
    [approvals.quorum < leastQuorum, 'approvals.quorum', words.quorum(leastQuorum)],
    [requesterApproves === false && approvals.allowRequester, 'approvals.allowRequester', words.requester],
    [
      // An approval that nobody gives would count for one.
      (approvalBefore !== undefined || timeoutApproves === false) &&
        isApproved &&
        approvals.onTimeout === 'approve',
      'approvals.onTimeout',
      words.onTimeout,
    ],
    [soakSeconds < leastSoakSeconds, 'soakSeconds', words.soak(leastSoakSeconds)],
    [
      isWider(strategy.maxUnavailable, rule.maxUnavailablePercent),
      'strategy.maxUnavailable',
      words.maxUnavailable(rule.maxUnavailablePercent ?? 0),
    ],
  ];
  return checks.flatMap(([isBroken, path, message]) =>
    isBroken ? [{ path, message: words.breach(name, message) }] : [],
  );
}

/** Whether the spec asks for the approvals that a rule wants; a list of batches is no approval of each. */
function asksFor(wanted: Rule['approvalBefore'], { approvals: { before } }: RolloutSpec): boolean {
  if (wanted === undefined) return true;
  if (before === 'batch') return true;
  return wanted === 'rollout' && (before === 'rollout' || (Array.isArray(before) && before.includes(0)));
}

/** A count may be any share of a set that nobody has read yet: only one instance is surely no more than allowed. */
function isWider(asked: RolloutSpec['strategy']['maxUnavailable'], most: number | undefined): boolean {
  if (most === undefined) return false;
  if (typeof asked === 'string') return Number.parseFloat(asked) > most;
  return asked !== 1;
}

import type { Ports } from '../activities/frame/ports.ts';
import type { Caller } from '../core/access/caller.ts';
import type { Place } from '../core/access/area.ts';
import { isAllowed, isHost, judgeSpec, tagsRead } from '../core/access/policy.ts';
import type { Policy, PolicyVersion } from '../core/access/policy.ts';
import { ACTS_ON_SET, denialOf } from '../core/access/rights.ts';
import type { Act, Denial } from '../core/access/rights.ts';
import { underPolicy } from '../core/access/scoped.ts';
import { tagsChangedBy, tagsChangedIn } from '../core/model/tags.ts';
import type { Tags } from '../core/model/tags.ts';
import { policy as words } from '../core/messages/policy.ts';
import { acts } from '../core/messages/acts.ts';
import type { FieldError } from '../core/spec/field-errors.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { readPlan } from '../store/plans.ts';
import { noteAct } from './note-act.ts';
import { placeOf } from './place.ts';
import type { Untold } from './place.ts';
import { listPolicyVersions, readPolicy, replacePolicy } from '../store/policy.ts';

/** The policy forbids it; where it names no tags, before anything of Azure is read. */
export type Forbidden =
  | { readonly kind: 'outOfScope' }
  | { readonly kind: 'againstPolicy'; readonly errors: readonly FieldError[] }
  /** The caller may not, there. */
  | { readonly kind: 'forbidden'; readonly denial: Denial }
  | Untold;

/** Why whoever asks may not do something there. */
export type MayDo = (act: Act, place: Place) => Denial | undefined;

/** Which acts on a scale set the caller may not do, by their roles or by where the policy allows rollouts, and why. */
export async function deniedThere(
  place: Place & { readonly tags: Tags },
  caller: Caller,
  { store }: Pick<Ports, 'store'>,
): Promise<readonly { readonly act: (typeof ACTS_ON_SET)[number]; readonly message: string }[]> {
  const { policy } = await readPolicy(store);
  return ACTS_ON_SET.flatMap((act) => {
    const beyond = act === 'start' && isHost(policy, place.scaleSet);
    const message =
      denialOf(act, caller, place)?.message ??
      (isAllowed(policy, place) ? undefined : words.outOfScope) ??
      (beyond ? denialOf('startOnHost', caller, place)?.message : undefined);
    return message === undefined ? [] : [{ act, message }];
  });
}

interface Asked {
  readonly spec: RolloutSpec;
  /** To make a plan or to start it. */
  readonly right: 'plan' | 'start';
  readonly mayDo: MayDo;
}

/** What the policy has against a rollout of this spec, if anything; else its scale set, with the tags that it was judged by. */
export async function judgeByPolicy(
  { spec, right, mayDo }: Asked,
  { store, compute }: Pick<Ports, 'store' | 'compute'>,
): Promise<Forbidden | { readonly kind: 'place'; readonly place: Place }> {
  const { policy } = await readPolicy(store);
  const { scaleSet } = spec;
  if (!isAllowed(policy, { scaleSet, tags: 'unread' })) return { kind: 'outOfScope' };
  const read = await placeOf(scaleSet, policy, compute);
  if (read.kind === 'untold') return read;
  const { place } = read;
  const denial = mayDo(right, place);
  if (denial !== undefined) return { kind: 'forbidden', denial };
  if (!isAllowed(policy, place)) return { kind: 'outOfScope' };
  const beyond =
    (isHost(policy, scaleSet) ? mayDo('startOnHost', place) : undefined) ??
    ((await changesTag(spec, policy, store)) ? mayDo('changeTag', place) : undefined);
  if (beyond !== undefined) return { kind: 'forbidden', denial: beyond };
  const errors = judgeSpec(policy, spec, place);
  return errors.length === 0 ? read : { kind: 'againstPolicy', errors };
}

/** Whether a spec changes a tag that the policy reads, by its own change or by undoing one. */
async function changesTag(
  { scaleSet, change, rollbackOf }: RolloutSpec,
  policy: Policy,
  store: Ports['store'],
): Promise<boolean> {
  const names = tagsRead(policy, scaleSet);
  if (names.length === 0) return false;
  if (tagsChangedBy(change, names).length > 0) return true;
  const undone = rollbackOf === undefined ? undefined : await readPlan(store, rollbackOf);
  return undone !== undefined && tagsChangedIn(undone.plan.delta, names).length > 0;
}

/** A caller with what the policy of this moment gives them. */
export async function callerByPolicy(caller: Caller, { store }: Pick<Ports, 'store'>): Promise<Caller> {
  if (caller.isAnybody === true) return caller;
  const { policy } = await readPolicy(store);
  return underPolicy(caller, policy);
}

export interface PolicyView {
  readonly number: number;
  readonly policy: Policy;
  readonly versions: readonly PolicyVersion[];
}

/** The policy as it stands, and every version that there ever was. */
export async function viewPolicy({ store }: Ports): Promise<PolicyView> {
  const [standing, versions] = await Promise.all([readPolicy(store), listPolicyVersions(store)]);
  return { ...standing, versions };
}

/** Replaces the version that the caller has read; false when another one stands by now. */
export async function setPolicy(
  asked: { readonly policy: Policy; readonly by: string; readonly reason?: string; readonly after: number },
  ports: Ports,
): Promise<boolean> {
  const { store, clock } = ports;
  const { after, ...next } = asked;
  const { by, reason } = next;
  await noteAct(ports, 'policyIntended', { by, message: acts.policyIntended(after, reason) });
  const isSet = await replacePolicy(store, after, { ...next, at: new Date(clock.now()).toISOString() });
  await (isSet
    ? noteAct(ports, 'policySet', { by, message: acts.policySet(after + 1) })
    : noteAct(ports, 'policyKept', { by, message: acts.policyKept(after) }));
  return isSet;
}

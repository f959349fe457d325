import type { Ports } from '../activities/frame/ports.ts';
import type { Caller } from '../core/access/caller.ts';
import { isAllowed, judgeSpec } from '../core/access/policy.ts';
import type { Policy, PolicyVersion } from '../core/access/policy.ts';
import { underPolicy } from '../core/access/scoped.ts';
import { acts } from '../core/messages/acts.ts';
import type { FieldError } from '../core/spec/field-errors.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { noteAct } from './note-act.ts';
import { listPolicyVersions, readPolicy, replacePolicy } from '../store/policy.ts';

/** The policy forbids it, before anything of Azure is read. */
export type Forbidden =
  | { readonly kind: 'outOfScope' }
  | { readonly kind: 'againstPolicy'; readonly errors: readonly FieldError[] };

/** What the policy has against a rollout of this spec, if anything. */
export async function judgeByPolicy(
  spec: RolloutSpec,
  { store }: Pick<Ports, 'store'>,
): Promise<Forbidden | undefined> {
  const { policy } = await readPolicy(store);
  if (!isAllowed(policy, spec.scaleSet)) return { kind: 'outOfScope' };
  const errors = judgeSpec(policy, spec);
  return errors.length === 0 ? undefined : { kind: 'againstPolicy', errors };
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

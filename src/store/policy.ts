import { PolicyVersion } from '../core/access/policy.ts';
import type { Policy } from '../core/access/policy.ts';
import type { Store } from './port.ts';
import { versioned } from './versioned.ts';

/** Before anybody has written one. */
const NO_POLICY: Policy = { rules: [] };

const policies = versioned('policy', PolicyVersion, 'the policy');

/** The version that stands; 0 before the first. */
export async function readPolicy(store: Store): Promise<{
  readonly number: number;
  readonly policy: Policy;
}> {
  return (await policies.read(store)) ?? { number: 0, policy: NO_POLICY };
}

export const { list: listPolicyVersions, replace: replacePolicy } = policies;

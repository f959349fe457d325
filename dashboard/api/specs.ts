import { call } from '../../client/call.ts';
import type { Call } from '../../client/call.ts';
import type { RolloutSpec } from '../../client/types.ts';

/** A spec as somebody writes it. Whether it is one, the app says: it refuses what it does not know. */
type Written = Readonly<Record<string, unknown>>;

/** Asks what a spec would do. */
export function planOf(spec: Written): Call<'makePlan'> {
  return call('makePlan', { body: spec as RolloutSpec });
}

/** Asks for the rollout that has been shown as a plan, and for no other. */
export function startOf(spec: Written, planHash: string | undefined): Call<'startRollout'> {
  return call('startRollout', { body: { ...spec, planHash } as RolloutSpec });
}

import { z } from 'zod';
import { ASKED_ACTIONS } from '../core/actions/table.ts';

/** What a scale set's own paths take: each is a rollout. */
export const SET_ACTIONS = ['upgrade', ...ASKED_ACTIONS, 'scale'] as const;
export type SetAction = (typeof SET_ACTIONS)[number];

const ids = z.array(z.string().min(1).max(100)).min(1).max(1000);

/** The few of a spec's fields that an action takes; whoever wants more sends a whole spec. */
export const ActionBody = z.strictObject({
  instances: ids.optional(),
  updateDomains: z.array(z.int().nonnegative()).min(1).max(1000).optional(),
  capacity: z.int().min(0).max(1000).optional(),
  maxUnavailable: z.union([z.int().positive(), z.string()]).optional(),
  acceptIrreversible: z.boolean().optional(),
  planHash: z.string().min(1).max(128).optional(),
  reason: z.string().max(1000).optional(),
});
export type ActionBody = z.infer<typeof ActionBody>;

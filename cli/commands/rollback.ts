import { call } from '../../client/call.ts';
import { read, send, understand } from '../api/client.ts';
import { shapes, type RollbackPlan } from '../api/shapes.ts';
import { confirmed } from '../ask.ts';
import type { Context } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import { rollbackPlanText } from '../show/rollback-plan.ts';
import { rolloutCommand } from './send.ts';
import { done } from '../messages/done.ts';

export const rollback = rolloutCommand({
  name: 'rollback',
  summary: 'roll back the model and every touched instance (an ended rollout: start --rollback-of)',
  examples: ['rollback 7f3c --wait', 'rollback 7f3c --yes', 'start --rollback-of 7f3c --wait'],
  options: (command) => command.option('--yes', 'do not ask; nor is anybody asked without a terminal'),
  confirm: confirmRollback,
});

/** Shows what would be done, and asks where somebody can answer. */
async function confirmRollback(
  context: Context,
  id: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<boolean> {
  const ask = yes ? undefined : context.ask;
  const plan = await planOf(context, id, { isNeeded: ask !== undefined });
  if (plan !== undefined) context.err(rollbackPlanText(plan));
  if (ask === undefined) return true;
  return confirmed(context, done.rollBack(id), done.notRolledBack);
}

/** A script goes on without the plan where the app gives none; whoever is asked must have seen it. */
async function planOf(
  context: Context,
  id: string,
  { isNeeded }: { readonly isNeeded: boolean },
): Promise<RollbackPlan | undefined> {
  const asked = call('getRollbackPlan', { path: { id } });
  if (isNeeded) return read(context, asked, shapes.RollbackPlan);
  try {
    return understand(context, await send(context, asked), shapes.RollbackPlan);
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return undefined;
  }
}

import { logs } from '../core/messages/logs.ts';
import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { DurableClient } from 'durable-functions';
import type { WorkflowName } from '../core/record/runbook.ts';
import type { DeadWorkflow, Workflow } from '../core/run/recovery.ts';
import type { Workflows } from '../operations/workflows.ts';

/** How a workflow that no longer runs has ended, by what the host calls it. */
const DEAD: Readonly<Record<string, DeadWorkflow['how']>> = {
  Failed: 'failed',
  Terminated: 'stopped',
  Canceled: 'stopped',
  Completed: 'ended',
};

/**
 * Sees to it that a workflow runs; all that it has done is in the records, so starting it again is safe. A
 * start is not atomic, so who calls this must have written the record first.
 */
async function ensureRunning(
  client: DurableClient,
  { id, runbook }: { readonly id: string; readonly runbook: WorkflowName },
): Promise<void> {
  if (await isAlive(client, id)) return;
  const input = runbook === 'campaign' ? { campaign: id } : { rollout: id };
  try {
    await client.startNew(runbook, { instanceId: id, input });
  } catch (error) {
    // The host refuses an id that is there: somebody else may have started it meanwhile.
    if (!(await isAlive(client, id))) throw error;
  }
}

/** A start that should not be is refused by the host, so where it does not say, a start may be tried. */
async function isAlive(client: DurableClient, rollout: string): Promise<boolean> {
  return (await workflowOf(client, rollout)).kind === 'running';
}

/** Whether a rollout's workflow runs. The client rejects for an unknown id, in words of its own. */
async function workflowOf(client: DurableClient, rollout: string): Promise<Workflow> {
  try {
    const how = DEAD[(await client.getStatus(rollout)).runtimeStatus];
    return how === undefined ? { kind: 'running' } : { kind: 'none', how };
  } catch (error) {
    const isMissing = error instanceof Error && error.message.includes('HTTP 404');
    return isMissing ? { kind: 'none', how: 'missing' } : { kind: 'unknown' };
  }
}

/** The host's workflows, as the use cases need them. */
export function workflowsOf(context: InvocationContext): Workflows {
  const client = df.getClient(context);
  return {
    look: (rollout) => workflowOf(client, rollout),
    start: (record) => ensureRunning(client, record),
    wake: (rollout) => client.raiseEvent(rollout, 'wake', {}).catch(() => undefined),
    purge: (rollout) => client.purgeInstanceHistory(rollout),
    onTrouble: (rollout, error) => context.error(logs.workflowNotChecked(rollout), error),
  };
}

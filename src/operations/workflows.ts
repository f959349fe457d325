import type { WorkflowName } from '../core/record/runbook.ts';
import type { Workflow } from '../core/run/recovery.ts';

/** What the use cases need of the host that runs the workflows. */
export interface Workflows {
  /** The host's word on a rollout's workflow. */
  readonly look: (rollout: string) => Promise<Workflow>;
  /** Sees to it that it runs; harmless where it does. */
  readonly start: (record: { readonly id: string; readonly runbook: WorkflowName }) => Promise<unknown>;
  /** Tells it that the command log has grown: a hint, which may be lost. */
  readonly wake: (rollout: string) => Promise<void>;
  /** Forgets one that has ended, with its history. */
  readonly purge: (rollout: string) => Promise<unknown>;
  /** Told where a workflow could not be looked after; what was asked for goes on without that. */
  readonly onTrouble: (rollout: string, error: unknown) => void;
}

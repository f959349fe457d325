import type { RolloutSpec } from '../spec/spec.ts';

/** What carries a rollout from its acceptance to its end: the registered names of the orchestrators. */
export const RUNBOOKS = ['rollout', 'guardRestoration'] as const;

export type RunbookName = (typeof RUNBOOKS)[number];

/** Every workflow that the app registers: the runbooks, and what takes many rollouts through their stages. */
export type WorkflowName = RunbookName | 'campaign';

/** The runbook that does what a spec asks for. */
export function runbookFor({ restoreGuardsOf }: RolloutSpec): RunbookName {
  return restoreGuardsOf === undefined ? 'rollout' : 'guardRestoration';
}

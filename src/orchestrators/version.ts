import type { OrchestrationContext } from 'durable-functions';

/**
 * The order in which this build's orchestrators schedule their steps. A change of it raises this number, leaves the old
 * order behind a check of the generation's version, and adds recorded histories (docs/DESIGN.md, Versions).
 * `defaultVersion` in host.json is the same number.
 */
export const RUNBOOK_VERSION = 2;

/** From here on, steps that follow each other at once share an activity. */
export const SHARES_ACTIVITIES = 2;

/**
 * The version of this generation: what the generation before handed on or, in the first, what the host stamped.
 *
 * @throws Error if a newer build started it: this build does not know its order. The instance fails, and the rollout is
 *   restarted from its records.
 */
export function versionOf({ df }: OrchestrationContext, handedOn: number | undefined): number {
  const given = handedOn ?? Number(df.version);
  // What was started before there were versions follows the first order.
  const found = Number.isInteger(given) && given > 0 ? given : 1;
  // fence I24: a generation of a newer build is not followed
  if (found <= RUNBOOK_VERSION) return found;
  throw new Error(`the workflow follows runbook version ${found}; this build knows ${RUNBOOK_VERSION}`);
}

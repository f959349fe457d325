import type { CommandName } from '../../client/call.ts';

/** What a command did, or did not. */
export const done = {
  notRolledBack: 'not rolled back: nothing was sent',
  rollBack: (id: string) => `Roll ${id} back? [y/N] `,
  reportWritten: (files: readonly string[]) => `report written to ${files.join(' and ')}`,
  mayHaveStarted: (key: string) =>
    `should it have started all the same, --idempotency-key ${key} with the same spec finds it`,
  start: (scaleSet: string) => `Start this rollout of ${scaleSet}? [y/N] `,
  notStarted: 'not started: nothing was sent',
  started: (id: string, scaleSet: string) => `✓ started rollout ${id} of ${scaleSet}`,
  found: (id: string, scaleSet: string) => `✓ found rollout ${id} of ${scaleSet}, which this key has started`,
  act: (action: string, scaleSet: string) => `${action} of ${scaleSet}: do it? [y/N] `,
  notSent: 'nothing was sent',
  frozen: '✓ frozen: no rollout writes until the freeze is lifted',
  lifted: '✓ lifted: rollouts may write again',
  policySet: '✓ set; it holds for every rollout that starts from now on',
  set: (name: string) => `✓ set ${name}`,
  scheduleDeleted: (name: string) => `✓ deleted ${name}; what it has started goes on`,
  strategyDeleted: (name: string) => `✓ deleted ${name}; rollouts that were accepted keep it`,
  noticesSet: '✓ set; it holds for every notice from now on',
  resent: (id: string) => `✓ queued ${id} once more`,
  released: (name: string, version: string) => `✓ released ${version}: ${name} may take it again`,
  tookOver: (scaleSet: string) => `✓ took ${scaleSet} over`,
  detached: 'detached',
  lostSight: 'no longer followed',
  notEndedWithin: (seconds: number | undefined) => `not ended within ${seconds} s`,
  continues: (why: string, id: string) =>
    `${why}: rollout ${id} continues; follow it with: vmss-rollout status ${id} --wait`,
};

type Standing = 'paused' | 'goesOn';
type Sent = (subject: string | undefined, standing: Standing) => string;

const then = (standing: Standing): string =>
  standing === 'paused' ? 'the rollout stays paused' : 'the rollout goes on';
const of = (subject: string | undefined): string => (subject === undefined ? '' : ` ${subject}`);

/** What each command to a rollout did, and what becomes of the rollout. */
export const sent = {
  approve: (subject, standing) => `approved${of(subject)}; ${then(standing)}`,
  reject: (subject) => `rejected${of(subject)}; the rollout ends and begins nothing new`,
  pause: () => 'paused; what is under way ends, nothing new begins',
  resume: () => 'resumed; the rollout goes on',
  retry: (subject) => `retrying ${subject ?? 'the failed instances'}; the rollout goes on`,
  skip: (subject, standing) => `skipped${of(subject)}; ${then(standing)}`,
  quarantine: (subject, standing) => `quarantined${of(subject)}; ${then(standing)}`,
  rollback: () => 'rolling back the model and every touched instance',
  abort: () => 'aborting; what is under way ends, nothing new begins',
  batch: (index: number, ids: string) => `batch ${index} (${ids})`,
  instances: (count: number, ids: string) => `${count === 1 ? 'instance' : 'instances'} ${ids}`,
} satisfies Record<CommandName, Sent> & Record<'batch' | 'instances', unknown>;

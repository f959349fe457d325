import { azure } from '../../core/messages/azure.ts';
import { failures } from '../../core/messages/failures.ts';
import { refuse } from '../../core/messages/refusals.ts';
import { waits } from '../../core/messages/waits.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import { mayHaveArrived } from '../../core/record/operation.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { EndPhase, Phase } from '../../core/record/phase.ts';
import type { Failure } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { patience } from '../../core/run/patience.ts';
import type { Step } from './step.ts';
import { redirect } from './redirect.ts';
import { beforeGuards } from './refused.ts';
import { wait } from './wait.ts';

/** Why Azure denied the app something, in its own words, which name who is denied what. */
export interface Denial {
  readonly code: string;
  readonly message: string;
}

export interface AccessWait {
  readonly phase: Phase;
  readonly batch?: number | undefined;
  readonly events?: readonly RolloutEvent[];
  /** What the status says; by default that access is denied. */
  readonly message?: string;
  /** For how long at most, where the spec would wait longer. */
  readonly mostSeconds?: number;
  /** What to do when access stays denied; by default the rollout ends. */
  readonly staysDenied?: (step: Step) => Promise<Answer>;
}

const LEAST_SECONDS = 15;
const MOST_SECONDS = 120;

/** Rights get granted and tokens renewed: the rollout waits for both as long as the spec says. */
export async function waitForAccess(
  step: Step,
  denial: Denial,
  { phase, batch, events = [], staysDenied = (now) => endDenied(now, denial), ...given }: AccessWait,
): Promise<Answer> {
  const { record, now } = step;
  const denied = record.denied ?? { seconds: record.clock.seconds };
  const most = Math.min(record.spec.accessTimeoutSeconds, given.mostSeconds ?? Number.POSITIVE_INFINITY);
  const left = most - (record.clock.seconds - denied.seconds);
  // fence I10: access is not waited for for ever
  if (left <= 0) return staysDenied(step);
  const times = { now, least: LEAST_SECONDS, most: MOST_SECONDS };
  return wait(step, {
    seconds: Math.min(patience(record.waitingFor, 'access', times), left),
    phase,
    waitingFor: {
      kind: 'access',
      ...(batch !== undefined && { batch }),
      until: new Date(now + left * 1000).toISOString(),
      message: given.message ?? waits.access(denial.code, denial.message),
    },
    changes: { denied },
    events,
  });
}

/** If nothing was written, the rollout is refused; in a rollback, an operator must act. */
export async function endDenied(step: Step, { code, message }: Denial, deniedAs?: EndPhase): Promise<Answer> {
  const { spec } = step.record;
  const refusal = refuse('accessDenied', failures.accessDenied(spec.accessTimeoutSeconds, code, message));
  return endFor(step, { code: refusal.code, message: refusal.message, remedy: refusal.remedy }, deniedAs);
}

/** Azure has failed to accept a write so often that it is not sent again. */
export async function endUnanswered(
  step: Step,
  { silence }: Pick<Operation, 'silence'>,
  endsAs?: EndPhase,
): Promise<Answer> {
  const message = failures.writeUnanswered(silence ?? azure.noAnswer);
  return endFor(step, { code: 'armUnreachable', message, remedy: failures.writeUnansweredRemedy }, endsAs);
}

async function endFor(step: Step, failure: Failure, endsAs?: EndPhase): Promise<Answer> {
  const { direction } = step.record;
  // What a stopping rollout cannot restore is named among what it leaves.
  if (direction === 'stop') return { kind: 'redirected', direction: 'stop' };
  const isUntouched = !step.records.operations.some(
    (operation) => operation.kind !== 'guard' && mayHaveArrived(operation),
  );
  const forward = isUntouched ? 'refused' : 'halted';
  const phase = endsAs ?? (direction === 'rollback' ? 'failed' : forward);
  const redirection = { direction: 'stop', endsAs: phase, failure, message: failure.message } as const;
  return redirect(step, redirection, { changes: endsAs === undefined ? {} : beforeGuards(step) });
}

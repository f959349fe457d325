import type { Batch, Rollout } from '../api/shapes.ts';
import type { Tone } from './states.ts';
import { capital, counted, shortRanges } from './text.ts';

/** What a rollout's page says first. */
export interface Status {
  readonly text: string;
  readonly tone: Tone;
  /** Since when, where that matters. */
  readonly since?: string | undefined;
  /** What else whoever decides must know. */
  readonly notes: readonly string[];
  /** When the wait ends by itself. */
  readonly until?: string | undefined;
}

const ENDED: Readonly<Record<string, readonly [Tone, string]>> = {
  succeeded: ['ok', 'Done'],
  rolledBack: ['two', 'Rolled back: the model and every touched instance are as before'],
  halted: ['bad', 'Halted: the scale set is left in between'],
  failed: ['bad', 'Failed: somebody has to act'],
  refused: ['bad', 'Refused, and nothing was changed'],
  rejected: ['off', 'Rejected'],
  cancelled: ['off', 'Aborted'],
};

const AT_WORK: Readonly<Record<string, string>> = {
  accepted: 'Accepted; the plan comes next',
  planning: 'Making the plan',
  applyingModel: 'Azure is applying the new model',
  upgrading: 'Upgrading',
  settling: 'Waiting for instances to become healthy',
  soaking: 'Soaking',
  rollingBack: 'Rolling back',
  paused: 'Paused',
  waiting: 'Waiting',
};

/** Waits that end only when a person acts, or the world around the app changes. */
const STUCK: Readonly<Record<string, Tone>> = {
  approval: 'wait',
  resume: 'wait',
  floor: 'wait',
  throttling: 'wait',
  unreachable: 'bad',
  access: 'bad',
  recovery: 'wait',
};

const FOR_PEOPLE: ReadonlySet<string> = new Set(['approval', 'resume']);

export function hasEnded({ endedAt, phase }: Rollout): boolean {
  return endedAt !== null || phase in ENDED;
}

/** Whether it goes on only when a person says so. */
export function waitsForPeople({ waitingFor, phase }: Rollout): boolean {
  return phase === 'paused' || FOR_PEOPLE.has(waitingFor?.kind ?? '');
}

/** Whether a look a few seconds later is likely to show something else. */
export function moves(rollout: Rollout): boolean {
  return !hasEnded(rollout) && !waitsForPeople(rollout);
}

export function statusOf(rollout: Rollout): Status {
  if (hasEnded(rollout)) return ended(rollout);
  const { waitingFor, phase } = rollout;
  const batch = currentBatch(rollout);
  const goesBack = phase === 'rollingBack';
  // During a rollback, what was to come after a batch does not come.
  const notes = batch === undefined || goesBack ? [] : [place(rollout, batch)];
  if (waitingFor === undefined) {
    const whom = phase === 'upgrading' && batch !== undefined ? ` ${batch.name}` : '';
    return { text: `${AT_WORK[phase] ?? phase}${whom}`, tone: 'work', notes };
  }
  const { kind, message, since, until } = waitingFor;
  const tone = phase === 'paused' ? 'wait' : (STUCK[kind] ?? 'work');
  if (kind === 'approval') {
    const name = capital(batch?.name ?? 'the rollout');
    const mayApprove = rollout.next.some(({ command }) => command === 'approve');
    const isOneOfMany = message !== undefined && / approvals /.test(message);
    const held = phase === 'paused' ? ['Paused: an approval counts, and the gate opens at resume.'] : [];
    const text = isOneOfMany ? capital(message) : `${name} waits for ${mayApprove ? 'your' : 'an'} approval`;
    const denied = rollout.denied?.find(({ command }) => command === 'approve');
    const why = denied === undefined ? [] : [`${capital(denied.message)}.`];
    return { text, tone, since, until, notes: [...notes, ...held, ...why] };
  }
  const failure = rollout.failure === undefined ? [] : [`${capital(rollout.failure.message)}.`];
  const what = message ?? AT_WORK[phase] ?? phase;
  return {
    text: goesBack && message !== undefined ? `Rolling back: ${message}` : capital(what),
    tone,
    since,
    until,
    notes: [...failure, ...notes],
  };
}

export function currentBatch({ batch, batches, endedAt }: Rollout): Batch | undefined {
  return endedAt === null ? batches.find(({ index }) => index === batch) : undefined;
}

function place({ batches }: Rollout, { index, instances }: Batch): string {
  const which = `${instances.length === 1 ? 'Instance' : 'Instances'} ${shortRanges(instances)}`;
  const after = batches.length - index - 1;
  return after === 0
    ? `${which}, the last batch.`
    : `${which}; ${after} more ${after === 1 ? 'batch' : 'batches'} after it.`;
}

function ended({ phase, noop, instances, failure, endedAt }: Rollout): Status {
  const [tone, words] = ENDED[phase] ?? ['off', phase];
  const since = endedAt ?? undefined;
  if (noop === true)
    return { text: 'Nothing to do: every instance is on the target', tone, since, notes: [] };
  const { upgraded, total, skipped, gone } = instances;
  const notes = failure === undefined ? [] : [`${capital(failure.message)}.`];
  if (phase !== 'succeeded') return { text: words, tone, since, notes };
  const aside = [...(skipped > 0 ? [`${skipped} skipped`] : []), ...(gone > 0 ? [`${gone} gone`] : [])];
  const text = `${words}: ${upgraded} of ${counted(total, 'instance')} on the target`;
  return { text: [text, ...aside].join(', '), tone, since, notes };
}

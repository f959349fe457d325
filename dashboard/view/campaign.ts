import type { Campaign, CampaignScaleSet, CampaignSummary } from '../../client/types.ts';
import type { Barred } from './meanings.ts';
import { fieldOf } from './spec.ts';
import type { Tone } from './states.ts';
import type { Status } from './status.ts';
import { capital, counted } from './text.ts';

export type CampaignNext = CampaignSummary['next'][number];

const ENDED: Readonly<Record<string, readonly [Tone, string]>> = {
  succeeded: ['ok', 'Done'],
  rolledBack: ['two', 'Rolled back: everything that was changed is as before'],
  halted: ['bad', 'Halted: nothing more begins'],
  failed: ['bad', 'Failed: somebody has to act'],
  refused: ['bad', 'Refused, and nothing was begun'],
  rejected: ['off', 'Rejected'],
  cancelled: ['off', 'Aborted'],
};

export function hasCampaignEnded({ phase }: Pick<CampaignSummary, 'phase'>): boolean {
  return phase in ENDED;
}

/** Whether it goes on only when a person says so. */
export function campaignWaitsForPeople({ phase, waitingFor }: CampaignSummary): boolean {
  return phase === 'paused' || waitingFor?.kind === 'approval';
}

/** Whether a look a few seconds later is likely to show something else. */
export function campaignMoves(campaign: CampaignSummary): boolean {
  return !hasCampaignEnded(campaign) && !campaignWaitsForPeople(campaign);
}

/** What a campaign's page says first. */
export function campaignStatus(campaign: CampaignSummary): Status {
  const { phase, waitingFor, failure, endedAt, scaleSets } = campaign;
  const failed = failure === undefined ? [] : [`${capital(failure.message)}.`];
  if (hasCampaignEnded(campaign)) {
    const [tone, words] = ENDED[phase] ?? ['off', phase];
    const since = endedAt ?? undefined;
    return { text: phase === 'succeeded' ? doneText(scaleSets) : words, tone, since, notes: failed };
  }
  const notes = [setsText(campaign)];
  if (phase === 'paused') return pausedStatus(campaign, notes);
  if (waitingFor !== undefined) {
    const { kind, message, since, until } = waitingFor;
    const mayApprove = campaign.next.some(({ command }) => command === 'approve');
    const words = kind === 'soak' ? message.replace(/ until .*$/, '') : message;
    const text = mayApprove ? words.replace(/ an approval$/, ' your approval') : words;
    return { text: capital(text), tone: kind === 'soak' ? 'work' : 'wait', since, until, notes };
  }
  return { text: workText(campaign), tone: 'work', notes };
}

function pausedStatus({ paused, failure }: CampaignSummary, notes: readonly string[]): Status {
  const since = paused?.since;
  if (typeof paused?.by === 'string') {
    const why = paused.reason === undefined ? [] : [`${capital(paused.reason)}.`];
    return { text: `Paused by ${paused.by}`, tone: 'wait', since, notes: [...why, ...notes] };
  }
  const text = failure === undefined ? 'Paused' : capital(failure.message);
  return { text, tone: 'bad', since, notes: ['Nothing more begins until somebody decides.', ...notes] };
}

function doneText({ succeeded, total, skipped, failed }: CampaignSummary['scaleSets']): string {
  const aside = [...(failed > 0 ? [`${failed} failed`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  return [`Done: ${succeeded} of ${counted(total, 'scale set')} upgraded`, ...aside].join(', ');
}

const AT_WORK: Readonly<Record<string, string>> = {
  accepted: 'Accepted; its scale sets are found next',
  planning: 'Finding its scale sets',
};

function workText(campaign: CampaignSummary): string {
  const { phase, scaleSets, stage } = campaign;
  const { running, rolledBack } = scaleSets;
  if (phase === 'rollingBack') return `Rolling back: ${counted(rolledBack, 'scale set')} back so far`;
  const words = AT_WORK[phase];
  if (words !== undefined) return words;
  return `Stage ${nameIn(campaign, stage) ?? (stage ?? 0) + 1} is at work on ${counted(running, 'scale set')}`;
}

function setsText({ scaleSets: { total, succeeded, running, pending } }: CampaignSummary): string {
  if (total === 0) return '';
  const parts = [
    `${succeeded} of ${counted(total, 'scale set')} upgraded`,
    ...(running > 0 ? [`${running} at work`] : []),
    ...(pending > 0 ? [`${pending} to come`] : []),
  ];
  return `${parts.join(', ')}.`;
}

/** The version that all of them take: the pinned one, or the one that the change names. */
export function versionOf({ version, change }: Campaign): string | undefined {
  const named = fieldOf(change, 'image.version');
  return version ?? (typeof named === 'string' ? named : undefined);
}

/** Something that a person may ask of a campaign now. */
export interface CampaignAction {
  readonly next: CampaignNext;
  readonly label: string;
  /** Whether it ends what the campaign waits for. */
  readonly isMain: boolean;
  readonly isDangerous: boolean;
}

const LABELS: Readonly<Record<string, string>> = {
  approve: 'Approve',
  reject: 'Reject',
  resume: 'Resume',
  retry: 'Retry what failed',
  skip: 'Skip scale sets',
  pause: 'Pause',
  rollback: 'Roll back',
  undo: 'Undo the campaign',
  abort: 'Abort',
};

const ENDS_WAITS = ['approve', 'retry', 'resume'];
const DANGEROUS: ReadonlySet<string> = new Set(['rollback', 'undo', 'abort', 'reject']);

/** What the campaign itself says is possible: what ends the wait comes first, what takes back last. */
export function campaignActions(campaign: CampaignSummary): readonly CampaignAction[] {
  const isWaiting = campaignWaitsForPeople(campaign);
  const actions = campaign.next.map((next) => ({
    next,
    label: labelOf(next, campaign),
    isMain: false,
    isDangerous: DANGEROUS.has(next.command),
  }));
  const ending = ENDS_WAITS.map((command) => actions.find(({ next }) => next.command === command));
  const main = isWaiting ? ending.find((action) => action !== undefined) : undefined;
  const rest = actions.filter((action) => action !== main);
  const [dangerous, plain] = [rest.filter((one) => one.isDangerous), rest.filter((one) => !one.isDangerous)];
  return [...(main === undefined ? [] : [{ ...main, isMain: true }]), ...plain, ...dangerous];
}

function labelOf({ command, stage }: CampaignNext, campaign: CampaignSummary): string {
  const name = nameIn(campaign, stage);
  if (command === 'approve') return name === undefined ? 'Approve' : `Approve stage ${name}`;
  return LABELS[command] ?? command;
}

/** What a stage is called; a list of campaigns does not say. */
function nameIn(
  campaign: CampaignSummary & Partial<Pick<Campaign, 'stages'>>,
  index: number | null | undefined,
): string | undefined {
  return campaign.stages?.find((stage) => stage.index === index)?.name;
}

const CONDITIONS: Readonly<Record<string, string>> = {
  approve: 'no stage waits for an approval',
  reject: 'no stage waits for an approval',
  resume: 'nobody has paused it',
  retry: 'no scale set of its stage has failed',
  skip: 'every scale set has begun',
  pause: 'it is paused already',
  rollback: 'it has begun nothing, or is rolling back already',
  abort: 'it is about to stop',
};

/** What is not possible now, or not for this caller, and why. */
export function campaignBarred(campaign: Campaign): readonly Barred[] {
  const possible = new Set<string>(campaign.next.map(({ command }) => command));
  const denied = new Map<string, string>(campaign.denied?.map(({ command, message }) => [command, message]));
  // Of one that has ended there is nothing to ask, but for what others may.
  const conditions = hasCampaignEnded(campaign) ? Object.fromEntries(denied) : CONDITIONS;
  return Object.entries(conditions)
    .filter(([command]) => !possible.has(command))
    .map(([command, why]) => ({ label: LABELS[command] ?? command, why: denied.get(command) ?? why }));
}

const MEANINGS: Readonly<Record<string, string>> = {
  reject: 'The campaign ends. What is upgraded already stays upgraded.',
  undo: 'A new campaign undoes what this one has changed, the last stage first.',
  pause: 'Nothing more begins, and its running rollouts pause.',
  resume: 'It goes on where it stopped, and its paused rollouts with it.',
  retry: 'Each gets a new rollout, and the campaign goes on.',
  abort:
    'Nothing more begins and its running rollouts are aborted. Nothing is taken back: what is upgraded stays upgraded.',
  rollback: 'What runs rolls back. Then what has ended is undone, the last stage first.',
  skip: 'They stay as they are, and the campaign goes on without them.',
};

/** What a command does, in one sentence, before it is done. */
export function campaignMeaning({ command, stage }: CampaignNext, campaign: Campaign): string {
  if (command !== 'approve') return MEANINGS[command] ?? '';
  const own = campaign.stages.find(({ index }) => index === stage);
  const count = own === undefined ? 0 : own.scaleSets.total - own.scaleSets.skipped;
  return `${counted(count, 'scale set')} ${count === 1 ? 'is' : 'are'} next, at most ${own?.concurrency ?? 1} at once.`;
}

/** Which scale sets a command can mean; none where it means none. */
export function setsFor(command: string, { members, stage, phase }: Campaign): readonly CampaignScaleSet[] {
  if (command === 'skip') return members.filter((member) => member.phase === 'pending');
  if (command !== 'retry') return [];
  const isBack = phase === 'rollingBack' || members.some((member) => member.phase === 'undoFailed');
  return members.filter((member) =>
    isBack ? member.phase === 'undoFailed' : member.phase === 'failed' && member.stage === stage,
  );
}

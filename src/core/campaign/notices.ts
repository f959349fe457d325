import { campaigns as words } from '../messages/campaigns.ts';
import { notices as told } from '../messages/notices.ts';
import type { Subject } from '../notices/cloud-event.ts';
import type { Notice } from '../notices/notice.ts';
import { waitsTold } from '../notices/overdue.ts';
import type { Overdue, Waits } from '../notices/overdue.ts';
import type { NoticeSettings } from '../notices/settings.ts';
import { isOver } from './campaign.ts';
import type { Campaign, CampaignRecord } from './campaign.ts';
import type { CampaignSpec } from './spec.ts';
import type { CampaignEvent } from './turn.ts';

/** What a notice of a campaign is of, as its event names it. */
export function campaignSubject({ record, spec }: Pick<Campaign, 'record' | 'spec'>): Subject {
  const { name, reason, labels = {} } = spec;
  const why = reason === undefined ? {} : { reason };
  const subject = `campaigns/${record.id}`;
  return { source: `/${subject}`, subject, campaign: record.id, name, labels, ...why };
}

/** What a commit makes of a campaign's record. */
export interface CampaignCommitting {
  readonly spec: CampaignSpec;
  readonly before: CampaignRecord;
  readonly after: CampaignRecord;
  readonly events: readonly CampaignEvent[];
}

/** The phase that the API shows. */
export function campaignPhaseShown({ phase, paused }: CampaignRecord): string {
  return paused !== undefined && !isOver(phase) ? 'paused' : phase;
}

/** What a commit of a campaign has to tell: every phase that the API shows in an unbroken chain, approvals, failures. */
export function campaignNoticesOf(commit: CampaignCommitting): readonly Notice[] {
  const { before, after, spec } = commit;
  const [was, is] = [campaignPhaseShown(before), campaignPhaseShown(after)];
  // A campaign leaves `accepted` with its first commit
  const first: readonly Notice[] =
    before.phase === 'accepted' && before.lastEvent === 0
      ? [{ kind: 'phaseChanged', phase: was, message: words.accepted(spec.name) }]
      : [];
  return [
    ...first,
    ...requested(commit, is),
    ...failed(commit, is),
    ...recovered(commit, is),
    ...(was === is ? [] : [changed(commit, was, is)]),
  ];
}

function changed({ after, events }: CampaignCommitting, was: string, is: string): Notice {
  const { phase, stage, failure, paused } = after;
  const shown = { phase: is, before: was };
  if (isOver(phase)) {
    const cause = failure && { code: failure.code, remedy: failure.remedy };
    return { kind: 'ended', ...shown, ...cause, message: failure?.message ?? words.ended(phase) };
  }
  const why = is === 'paused' ? (paused?.reason ?? failure?.message) : events.at(-1)?.message;
  return { kind: 'phaseChanged', ...shown, stage, message: why ?? words.nowIn(is) };
}

function requested({ before, after, spec }: CampaignCommitting, phase: string): readonly Notice[] {
  return after.stages.flatMap((stage, index): readonly Notice[] => {
    if (stage.phase !== 'waiting' || before.stages[index]?.phase === 'waiting') return [];
    const { gateSince: since, gateUntil: until } = stage;
    const gate = { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
    const message = words.asked(spec.stages[index]?.name ?? '');
    return [{ kind: 'approvalRequested', phase, stage: index, ...gate, message }];
  });
}

function failed({ before, after: { failure } }: CampaignCommitting, phase: string): readonly Notice[] {
  if (failure === undefined || failure.message === before.failure?.message) return [];
  const { code, message, remedy, stage } = failure;
  return [{ kind: 'failed', phase, code, message, remedy, ...(stage !== undefined && { stage }) }];
}

function recovered({ before, after }: CampaignCommitting, phase: string): readonly Notice[] {
  if (before.failure === undefined || after.failure !== undefined) return [];
  return [{ kind: 'recovered', phase, message: words.goesOn }];
}

/** What is to be told by now of a campaign that waits for somebody, or that somebody or something has paused. */
export function campaignOverdue(
  { record, spec }: { readonly record: CampaignRecord; readonly spec: CampaignSpec },
  at: { readonly settings: NoticeSettings; readonly now: number },
): readonly Overdue[] {
  const { phase, paused, stage: index, stages, direction } = record;
  if (isOver(phase)) return [];
  const { phase: standing, gateSince, gateUntil } = stages[index] ?? {};
  const isGate = standing === 'waiting' && gateSince !== undefined && direction === 'forward';
  const waits: readonly Waits[] = [
    ...(isGate
      ? [
          {
            what: 'approval',
            since: gateSince,
            message: words.asked(spec.stages[index]?.name ?? ''),
            more: { stage: index, ...(gateUntil !== undefined && { until: gateUntil }) },
          },
        ]
      : []),
    ...(paused === undefined
      ? []
      : [{ what: 'paused', since: paused.at, message: paused.reason ?? words.isPaused }]),
  ];
  return waits.flatMap((one) => waitsTold(one, campaignPhaseShown(record), at));
}

/** That its workflow was lost and is started again; told once for each time of it. */
export function campaignRevived(record: CampaignRecord, at: string): Overdue {
  const notice: Notice = {
    kind: 'recovered',
    phase: campaignPhaseShown(record),
    message: told.campaignRestarted,
  };
  return { name: `recovered-${at.replaceAll(/\D/g, '')}`, notice };
}

import type { Ports } from '../../activities/frame/ports.ts';
import { advance } from '../../core/campaign/advance.ts';
import { isOver } from '../../core/campaign/campaign.ts';
import type { CampaignPhase, CampaignSet } from '../../core/campaign/campaign.ts';
import { carryOut } from '../../core/campaign/carry-out.ts';
import { followedBy } from '../../core/campaign/take-in.ts';
import { changed, endCampaign, isoOf } from '../../core/campaign/turn.ts';
import type { Act, ActResult, Draft, Seen, SeenRollout } from '../../core/campaign/turn.ts';
import type { Denial } from '../../core/access/rights.ts';
import { deniedOnAny, takenOf } from '../../core/campaign/rights.ts';
import { starterOf } from '../../core/campaign/starter.ts';
import { setsToUndo } from '../../core/campaign/undo.ts';
import { campaigns as words } from '../../core/messages/campaigns.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import { forgetLiveCampaign, listCampaign } from '../../store/campaign-list.ts';
import { commitCampaign, readCampaign } from '../../store/campaigns.ts';
import type { StoredCampaign } from '../../store/campaigns.ts';
import { readRollout } from '../../store/rollouts.ts';
import { layOut } from './lay-out.ts';

/** What the workflow does next. */
export type CampaignAnswer =
  | { readonly kind: 'acts'; readonly acts: readonly Act[]; readonly phase: CampaignPhase }
  | { readonly kind: 'wait'; readonly seconds: number; readonly phase: CampaignPhase }
  | { readonly kind: 'over'; readonly phase: CampaignPhase }
  | { readonly kind: 'foreign' };

/**
 * One turn of a campaign: reads what there is, lets core decide, and writes that down in one transaction. The acts that
 * it answers with are intents by then, so whoever comes after finds them.
 */
export async function advanceCampaign(
  { campaign: id, results }: { readonly campaign: string; readonly results: readonly ActResult[] },
  ports: Ports,
): Promise<CampaignAnswer> {
  const stored = await readCampaign(ports.store, id);
  if (stored === undefined) return { kind: 'foreign' };
  if (isOver(stored.record.phase)) return over(stored, ports);
  const { phase } = stored.record;
  if (phase === 'accepted' || phase === 'planning') return plan(stored, ports);
  const now = ports.clock.now();
  const rollouts = await seenRollouts(stored, ports);
  const { draft, acts, seconds } = advance(stored, { now, commands: stored.commands, rollouts, results });
  await commit(stored, draft, ports);
  if (isOver(draft.record.phase)) return over(stored, ports, draft.record.phase);
  if (acts.length > 0) return { kind: 'acts', acts, phase: draft.record.phase };
  return { kind: 'wait', seconds, phase: draft.record.phase };
}

/** One that has ended is found by people only, also where it died over its end. */
async function over(
  { record }: StoredCampaign,
  { store }: Ports,
  phase: CampaignPhase = record.phase,
): Promise<CampaignAnswer> {
  await listCampaign(store, record);
  await forgetLiveCampaign(store, record.id);
  return { kind: 'over', phase };
}

async function commit(stored: StoredCampaign, draft: Draft, { store }: Ports): Promise<void> {
  const isSame = draft.record === stored.record && draft.sets === stored.sets && draft.events.length === 0;
  // The workflow runs the step again: it was another one that wrote, or a lost answer of this very commit.
  if (!isSame && !(await commitCampaign(store, stored, draft)))
    throw new Error(`campaign ${stored.record.id} was written by another turn`);
}

async function plan(stored: StoredCampaign, ports: Ports): Promise<CampaignAnswer> {
  const now = ports.clock.now();
  const asked = carryOut({ ...stored, now, events: [] }, stored.commands);
  if (asked.record.direction === 'stop') {
    const cancelled = endCampaign(asked, 'cancelled');
    await commit(stored, cancelled, ports);
    return over(stored, ports, cancelled.record.phase);
  }
  if (stored.record.rollbackOf !== undefined) return planUndo(stored, asked, ports);
  const found = await layOut(stored.spec, ports);
  if (found.kind === 'later') {
    await commit(stored, changed(asked, { phase: 'planning' }), ports);
    return { kind: 'wait', seconds: found.seconds, phase: 'planning' };
  }
  const denial = found.kind === 'refused' ? undefined : startDenied(asked, found.sets);
  const refusal = denial === undefined ? found : { kind: 'refused' as const, code: 'forbidden', ...denial };
  const draft = refusal.kind === 'refused' ? refused(asked, refusal) : planned(asked, refusal);
  return begin(stored, draft, ports);
}

/** Whoever starts a campaign may start a rollout on each set of it. */
function startDenied({ record }: Draft, sets: readonly CampaignSet[]): Denial | undefined {
  return deniedOnAny('start', starterOf(record), { sets: takenOf(sets) });
}

/** The sets of a campaign that undoes another one are those that the other one has changed. */
async function planUndo(stored: StoredCampaign, asked: Draft, ports: Ports): Promise<CampaignAnswer> {
  const { rollbackOf = '' } = stored.record;
  const undone = await readCampaign(ports.store, rollbackOf);
  const sets = setsToUndo(undone?.sets ?? []);
  const refusal = { code: 'nothingToUndo', message: words.nothingToUndo, remedy: words.nothingToUndoRemedy };
  const draft =
    sets.length === 0
      ? refused(asked, { kind: 'refused', ...refusal })
      : changed(
          { ...asked, sets },
          { phase: 'rollingBack', startedAt: isoOf(asked.now) },
          { message: words.undoes(rollbackOf, sets.length) },
        );
  return begin(stored, draft, ports);
}

async function begin(stored: StoredCampaign, draft: Draft, ports: Ports): Promise<CampaignAnswer> {
  await commit(stored, draft, ports);
  const { phase } = draft.record;
  return isOver(phase) ? over(stored, ports, phase) : { kind: 'wait', seconds: 0, phase };
}

function refused(draft: Draft, { code, message, remedy }: Extract<Laid, { kind: 'refused' }>): Draft {
  return endCampaign(changed(draft, { failure: { code, message, remedy } }), 'refused');
}

type Laid = Awaited<ReturnType<typeof layOut>>;

function planned(draft: Draft, { sets, version }: Extract<Laid, { kind: 'laidOut' }>): Draft {
  const skipped = sets.filter(({ phase }) => phase === 'skipped').length;
  const startedAt = isoOf(draft.now);
  const known = { ...draft, sets };
  const message = words.planned(sets.length - skipped, skipped);
  const begun = changed(known, { phase: 'running', startedAt }, { message });
  return version === undefined ? begun : changed(begun, { version }, { message: words.pinned(version) });
}

/** Rollouts looked at side by side. */
const AT_ONCE = 10;

async function seenRollouts({ sets }: StoredCampaign, { store }: Ports): Promise<Seen['rollouts']> {
  const ids = sets.flatMap((set) => followedBy(set) ?? []);
  const seen = new Map<string, SeenRollout | null>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const read = ids.slice(from, from + AT_ONCE).map(async (id) => {
      const found = await readRollout(store, id);
      seen.set(id, found === undefined ? null : seenOf(found.record));
    });
    await Promise.all(read);
  }
  return seen;
}

function seenOf({ phase, noop, left, failure }: RolloutRecord): SeenRollout {
  return {
    phase,
    isNoop: noop === true,
    leavesSomething: left !== undefined,
    ...(failure !== undefined && { why: failure.message }),
  };
}

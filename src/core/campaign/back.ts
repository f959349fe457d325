import { campaigns as words } from '../messages/campaigns.ts';
import type { CampaignSet } from './campaign.ts';
import { roomIn } from './room.ts';
import { changed, changedSet, endCampaign } from './turn.ts';
import type { Draft } from './turn.ts';

/** One step of the rollback: the last stage first, in each the last set first. */
export function rollBack(draft: Draft): Draft {
  const stage = draft.sets.reduce((last, set) => (isOpen(set) ? Math.max(last, set.stage) : last), -1);
  const spec = draft.spec.stages[stage];
  if (spec !== undefined) {
    const room = roomIn(draft, spec, stage);
    // fence I4: a campaign rolls back in reverse order
    return draft.sets.reduceRight(
      (at, set, index) => {
        const isDue = needsUndo(set) || isDueAgain(set, draft.now);
        if (set.stage !== stage || !isDue || !room.take(set.group)) return at;
        const { againAt: _again, ...rest } = set;
        const attempt = needsUndo(set) ? set.attempt + 1 : set.attempt;
        return changedSet(at, index, { ...rest, phase: 'undoing', attempt });
      },
      changed(draft, { stage }),
    );
  }
  const stuck = draft.sets.filter(({ phase }) => phase === 'undoFailed').length;
  if (stuck === 0) return endCampaign(draft, 'rolledBack');
  const [message, remedy] = [words.undoFailed(stuck), words.undoFailedRemedy];
  return endCampaign(changed(draft, { failure: { code: 'undoFailed', message, remedy } }), 'failed');
}

/** Something of it is still to be done before the stage before may begin. */
function isOpen(set: CampaignSet): boolean {
  return needsUndo(set) || ['starting', 'running', 'undoing'].includes(set.phase);
}

function needsUndo({ phase, isTouched }: CampaignSet): boolean {
  return isTouched === true && (phase === 'succeeded' || phase === 'failed');
}

function isDueAgain({ phase, againAt }: CampaignSet, now: number): boolean {
  return phase === 'undoing' && againAt !== undefined && Date.parse(againAt) <= now;
}

/** Nothing new; it ends when what runs has ended. */
export function stop(draft: Draft): Draft {
  const isAtWork = draft.sets.some(({ phase }) => ['starting', 'running', 'undoing'].includes(phase));
  return isAtWork ? draft : endCampaign(draft, 'cancelled');
}

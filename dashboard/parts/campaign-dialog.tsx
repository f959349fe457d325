import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { call } from '../../client/call.ts';
import type { Campaign, CampaignScaleSet } from '../../client/types.ts';
import { newKey, send } from '../api/client.ts';
import { scaleSetName } from '../api/paths.ts';
import { go } from '../live/here.ts';
import { campaignMeaning, setsFor } from '../view/campaign.ts';
import type { CampaignAction } from '../view/campaign.ts';
import { rollbackOf } from '../view/campaign-rollback.ts';
import type { UndoneStage } from '../view/campaign-rollback.ts';
import { links } from '../view/place.ts';
import { capital, counted } from '../view/text.ts';
import { duration } from '../view/time.ts';
import { AskDialog } from './ask-dialog.tsx';

interface Props {
  readonly campaign: Campaign;
  readonly action: CampaignAction;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before a command is sent to a campaign. */
export function CampaignDialog({ campaign, action, onClose, onDone }: Props): JSX.Element {
  const { next, label, isDangerous } = action;
  // One key for this dialog: pressing twice, or again after a lost answer, is one command.
  const key = useMemo(newKey, []);
  const { command, stage } = next;
  const choice = useMemo(() => setsFor(command, campaign), []);
  const chosen = useSignal<readonly string[]>(
    command === 'retry' ? choice.map(({ scaleSet }) => scaleSet) : [],
  );
  const act = async (reason: string): Promise<void> => {
    const scaleSets = choice.length > 0 ? { scaleSets: chosen.value } : {};
    const body = { ...(stage !== undefined && { stage }), ...scaleSets, ...(reason !== '' && { reason }) };
    const { id } = await send(call(`${command}Campaign`, { path: { id: campaign.id }, body }), key);
    onDone();
    // What undoes a campaign is another one.
    if (id !== campaign.id) go(links.more('campaigns', id));
  };
  return (
    <AskDialog
      title={`${label}?`}
      label={label}
      isDangerous={isDangerous}
      isReady={choice.length === 0 || chosen.value.length > 0}
      act={act}
      onClose={onClose}
    >
      <p>{campaignMeaning(next, campaign)}</p>
      {choice.length > 0 && <Choices members={choice} chosen={chosen} />}
      {(command === 'rollback' || command === 'undo') && <Rollback campaign={campaign} />}
    </AskDialog>
  );
}

/** Which scale sets are meant. */
function Choices({
  members,
  chosen,
}: {
  readonly members: readonly CampaignScaleSet[];
  readonly chosen: Signal<readonly string[]>;
}): JSX.Element {
  const toggle = (id: string): void => {
    const has = chosen.value.includes(id);
    chosen.value = has ? chosen.value.filter((one) => one !== id) : [...chosen.value, id];
  };
  return (
    <fieldset class="ticks">
      <legend>Which scale sets</legend>
      {members.map(({ scaleSet, message }) => (
        <label key={scaleSet}>
          <input
            type="checkbox"
            checked={chosen.value.includes(scaleSet)}
            onChange={() => toggle(scaleSet)}
          />
          <span>
            {scaleSetName(scaleSet)}
            {message !== undefined && <span class="soft under">{capital(message)}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What a rollback of all of it would do now, and about what it costs. */
function Rollback({ campaign }: { readonly campaign: Campaign }): JSX.Element {
  const stages = useMemo(() => rollbackOf(campaign, Date.now()), [campaign]);
  const touched = stages.reduce((sum, { undone, running }) => sum + undone.length + running.length, 0);
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const kept = campaign.members.length - touched;
  if (touched === 0) return <p>No scale set has been changed: the campaign only ends.</p>;
  return (
    <>
      <p>
        <strong>{counted(touched, 'scale set')}</strong>, about {duration(seconds)} if it takes as long as the
        upgrades did.{' '}
        {kept > 0 && `${counted(kept, 'scale set')} ${kept === 1 ? 'was' : 'were'} not changed. `}
        Approvals, soak and windows do not hold it up.
      </p>
      <ol class="lines">
        {stages.map((stage) => (
          <UndoneLine key={stage.name} stage={stage} />
        ))}
      </ol>
    </>
  );
}

const MOST_NAMES = 8;

function UndoneLine({
  stage: { name, undone, running, seconds },
}: {
  readonly stage: UndoneStage;
}): JSX.Element {
  const names = [...running, ...undone].map(({ scaleSet }) => scaleSetName(scaleSet));
  const more = names.length - MOST_NAMES;
  return (
    <li class="two">
      <span>
        <span class="set">{name}</span>
        {[
          ...(running.length > 0 ? [`${running.length} at work`] : []),
          ...(undone.length > 0 ? [`${undone.length} to undo`] : []),
          `about ${duration(seconds)}`,
        ].join(', ')}
      </span>
      <span class="soft">
        {names.slice(0, MOST_NAMES).join(', ')}
        {more > 0 && ` and ${more} more`}
      </span>
    </li>
  );
}

import type { JSX } from 'preact';
import type { Campaign, CampaignScaleSet, CampaignStage } from '../../client/types.ts';
import { parseScaleSetId, scaleSetName } from '../api/paths.ts';
import { setLook, stageLook, successPercent, toldOf } from '../view/campaign-stages.ts';
import type { Told } from '../view/campaign-stages.ts';
import { links } from '../view/place.ts';
import { capital, counted } from '../view/text.ts';
import { duration } from '../view/time.ts';
import { still } from './still.tsx';
import { Took } from './took.tsx';

/** The stages in their order: what lies before each, its budget, and each of its scale sets. */
export function CampaignStages({ campaign }: { readonly campaign: Campaign }): JSX.Element {
  const { stages, members } = campaign;
  return (
    <section aria-label="Stages">
      <h2>Stages</h2>
      <ol class="stages">
        {stages.map((stage) => (
          <li key={stage.index} aria-current={stage.index === campaign.stage ? 'step' : undefined}>
            <Before stage={stage} former={stages[stage.index - 1]} />
            <StageHead stage={stage} />
            <Members members={members.filter((member) => member.stage === stage.index)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What a stage waits for before it begins: the soak of the one before, and approvals. */
function Before({
  stage: { approvalsNeeded, approvedBy },
  former,
}: {
  readonly stage: CampaignStage;
  readonly former: CampaignStage | undefined;
}): JSX.Element | null {
  const soak = former?.soakSeconds ?? 0;
  const parts = [
    ...(soak > 0 ? [`soaks ${duration(soak)}`] : []),
    ...(approvalsNeeded > 0 ? [approvalText(approvalsNeeded, approvedBy)] : []),
  ];
  if (former === undefined && parts.length === 0) return null;
  return (
    <p class="between soft">
      <span aria-hidden="true">↓</span> {parts.length === 0 ? 'at once' : parts.join(', then ')}
    </p>
  );
}

function approvalText(needed: number, approvedBy: readonly string[]): string {
  const by = approvedBy.length === 0 ? '' : ` by ${approvedBy.join(' and ')}`;
  if (approvedBy.length >= needed) return `approved${by}`;
  const missing = counted(needed - approvedBy.length, 'approval');
  return by === '' ? `needs ${missing}` : `needs ${missing} more, approved${by}`;
}

function StageHead({ stage }: { readonly stage: CampaignStage }): JSX.Element {
  const { index, name, scaleSets, minSuccessPercent, allowedFailures, concurrency } = stage;
  const { sign, label, tone } = stageLook(stage);
  const percent = successPercent(stage);
  const { total, succeeded, failed, skipped } = scaleSets;
  const budget = failed > allowedFailures ? 'bad' : failed > 0 ? 'wait' : 'soft';
  return (
    <div class="stage-head">
      <h3>
        {index + 1} · {name}
      </h3>
      <span class={`pill ${tone}`}>
        {sign} {label}
      </span>
      <span>
        {succeeded} of {counted(total - skipped, 'scale set')}
        <span class="soft">, {concurrency} at once</span>
      </span>
      <span class={`budget ${budget}`}>
        {failed} failed of {allowedFailures} allowed
      </span>
      <span class="soft">
        {percent === undefined ? '' : `${percent} % succeeded, `}needs {minSuccessPercent} %
      </span>
      {stage.startedAt !== null && (
        <span class="soft took">
          <Took from={stage.startedAt} to={stage.endedAt} />
        </span>
      )}
    </div>
  );
}

/** A cell for each scale set, and a line for each of which there is more to say. */
function Members({ members }: { readonly members: readonly CampaignScaleSet[] }): JSX.Element {
  const told = toldOf(members);
  return (
    <>
      <ul class="members">
        {members.map((member) => (
          <MemberCell key={member.scaleSet} member={member} />
        ))}
      </ul>
      {told.length > 0 && (
        <ul class="lines">
          {told.map((group) => (
            <ToldLine key={`${group.look.label} ${group.message}`} told={group} />
          ))}
        </ul>
      )}
    </>
  );
}

interface MemberProps {
  readonly member: CampaignScaleSet;
}

/** Most looks change few of them. */
const MemberCell = still<MemberProps>(isSameMember, ({ member }) => {
  const { scaleSet, group, rolloutId, undoId } = member;
  const { sign, label, tone } = setLook(member);
  const name = scaleSetName(scaleSet);
  const rollout = undoId ?? rolloutId;
  const text = (
    <>
      <span aria-hidden="true">{sign}</span> {name}
      <span class="unseen">: {label}</span>
    </>
  );
  const title = `${name}: ${label}, group ${group}`;
  return (
    <li class={`member ${tone}`} title={title}>
      {rollout === undefined ? (
        <SetLink id={scaleSet} text={text} />
      ) : (
        <a href={links.rollout(rollout)}>{text}</a>
      )}
    </li>
  );
});

function isSameMember({ member }: MemberProps, { member: next }: MemberProps): boolean {
  return member.phase === next.phase && member.rolloutId === next.rolloutId && member.undoId === next.undoId;
}

function SetLink({ id, text }: { readonly id: string; readonly text: JSX.Element }): JSX.Element {
  const address = parseScaleSetId(id);
  return address === undefined ? text : <a href={links.scaleSet(address)}>{text}</a>;
}

const MOST_NAMES = 6;

/** What there is to say of one scale set, or of several at once. */
function ToldLine({ told: { look, message, members } }: { readonly told: Told }): JSX.Element {
  const [only, another] = members;
  const more = members.length - MOST_NAMES;
  const rollout = another === undefined ? (only?.undoId ?? only?.rolloutId) : undefined;
  return (
    <li class={look.tone}>
      <span>
        {members.slice(0, MOST_NAMES).map(({ scaleSet }) => (
          <SetLink key={scaleSet} id={scaleSet} text={<span class="set">{scaleSetName(scaleSet)}</span>} />
        ))}
        {more > 0 && <span class="soft">and {more} more </span>}
        <strong>{capital(look.label)}</strong>: {message}
      </span>
      {rollout !== undefined && (
        <a class="soft id" href={links.rollout(rollout)}>
          {rollout}
        </a>
      )}
    </li>
  );
}

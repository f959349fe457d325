import type { JSX } from 'preact';
import type { CampaignPlan } from '../../client/types.ts';
import { parseScaleSetId, scaleSetName } from '../api/paths.ts';
import { links } from '../view/place.ts';
import { capital, counted } from '../view/text.ts';
import { duration } from '../view/time.ts';

type Stage = CampaignPlan['stages'][number];
type Member = Stage['scaleSets'][number];

/** What a campaign would do: the version, and for each stage its scale sets, with those that it skips. */
export function CampaignPlanView({ plan }: { readonly plan: CampaignPlan }): JSX.Element {
  const { version, total, skipped, stages } = plan;
  return (
    <div class="plan">
      <dl class="facts">
        <div>
          <dt>Plan</dt>
          <dd>{counted(total - skipped, 'scale set')}</dd>
          <dd class="soft">in {counted(stages.length, 'stage')}</dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd class="id">{version ?? '–'}</dd>
          <dd class="soft">{version === null ? '' : 'the same for all'}</dd>
        </div>
        <div>
          <dt>Skipped</dt>
          <dd>{skipped}</dd>
        </div>
      </dl>
      <section aria-label="Stages of the plan">
        <h2>Stages</h2>
        <ol class="stages">
          {stages.map((stage) => (
            <PlannedStage key={stage.index} stage={stage} />
          ))}
        </ol>
      </section>
    </div>
  );
}

function PlannedStage({ stage }: { readonly stage: Stage }): JSX.Element {
  const { index, name, concurrency, allowedFailures, needsApproval, soakSeconds, scaleSets } = stage;
  const meant = scaleSets.filter(({ skipped }) => !skipped);
  const told = scaleSets.filter(({ reason, heldBy }) => (reason ?? heldBy) !== undefined);
  return (
    <li>
      <div class="stage-head">
        <h3>
          {index + 1} · {name}
        </h3>
        <span>
          {counted(meant.length, 'scale set')}
          <span class="soft">, {concurrency} at once</span>
        </span>
        <span class="soft">{allowedFailures} may fail</span>
        {needsApproval && <span class="pill wait">… approval before it</span>}
        {soakSeconds > 0 && <span class="soft">soaks {duration(soakSeconds)} after it</span>}
      </div>
      <ul class="members">
        {meant.map(({ scaleSet, group }) => (
          <li key={scaleSet} class="member old" title={`${scaleSetName(scaleSet)}, group ${group}`}>
            <SetLink id={scaleSet} />
          </li>
        ))}
      </ul>
      {told.length > 0 && (
        <ul class="lines">
          {told.map((member) => (
            <ToldLine key={member.scaleSet} member={member} />
          ))}
        </ul>
      )}
    </li>
  );
}

function SetLink({ id }: { readonly id: string }): JSX.Element {
  const address = parseScaleSetId(id);
  return address === undefined ? <span>{id}</span> : <a href={links.scaleSet(address)}>{address.name}</a>;
}

function ToldLine({
  member: { scaleSet, skipped, reason, heldBy },
}: {
  readonly member: Member;
}): JSX.Element {
  return (
    <li class={skipped ? 'off' : 'wait'}>
      <span>
        <span class="set">{scaleSetName(scaleSet)}</span>
        {skipped && <strong>Skipped: </strong>}
        {reason !== undefined && capital(reason)}
      </span>
      {heldBy !== undefined && (
        <span class="soft">
          held by{' '}
          <a class="id" href={links.rollout(heldBy)}>
            {heldBy}
          </a>
          : it waits for that
        </span>
      )}
    </li>
  );
}

import type { JSX } from 'preact';
import type { CampaignPlan } from '../../client/types.ts';
import { parseScaleSetId, scaleSetName } from '../api/paths.ts';
import { Fact } from './fact.tsx';
import { links } from '../view/place.ts';
import { capital, counted } from '../view/text.ts';
import { duration } from '../view/time.ts';

type Stage = CampaignPlan['stages'][number];
type Member = Stage['scaleSets'][number];

/** What a campaign would do: the version, and for each stage its scale sets, with those that it skips. */
export function CampaignPlanView({ plan }: { readonly plan: CampaignPlan }): JSX.Element {
  const { version, total, skipped, refused, hidden, stages } = plan;
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
        <Fact name="Takes about" value={timeOf(stages)} note="soak included, waits for people not" />
        <Fact
          name="Skipped"
          value={skipped}
          note={[
            ...(refused > 0 ? [`${refused} would be refused`] : []),
            ...(hidden > 0 ? [`${hidden} more that you may not see`] : []),
          ].join(', ')}
        />
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

/** How long all of it takes; not known while that of a stage is not. */
function timeOf(stages: readonly Stage[]): string {
  const known = stages.flatMap(({ expectedSeconds }) => expectedSeconds ?? []);
  return known.length < stages.length ? '–' : duration(known.reduce((sum, seconds) => sum + seconds, 0));
}

function PlannedStage({ stage }: { readonly stage: Stage }): JSX.Element {
  const { index, name, scaleSets, expectedSeconds } = stage;
  const meant = scaleSets.filter(({ skipped }) => !skipped);
  const told = scaleSets.filter(({ reason, heldBy }) => (reason ?? heldBy) !== undefined);
  return (
    <li>
      <div class="stage-head">
        <h3>
          {index + 1} · {name}
        </h3>
        <StageTerms stage={stage} count={meant.length} />
        {expectedSeconds !== null && <span class="soft took">about {duration(expectedSeconds)}</span>}
      </div>
      <ul class="members">
        {meant.map((member) => (
          <li
            key={member.scaleSet}
            class={member.code === undefined ? 'member old' : 'member bad'}
            title={titleOf(member)}
          >
            <SetLink id={member.scaleSet} />
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

function StageTerms({
  stage: { concurrency, allowedFailures, needsApproval, soakSeconds, scaleSets },
  count,
}: {
  readonly stage: Stage;
  readonly count: number;
}): JSX.Element {
  const instances = scaleSets.reduce((sum, { plan }) => sum + (plan?.instances ?? 0), 0);
  return (
    <>
      <span>
        {counted(count, 'scale set')}
        {instances > 0 && `, ${counted(instances, 'instance')}`}
        <span class="soft">, {concurrency} at once</span>
      </span>
      <span class="soft">{allowedFailures} may fail</span>
      {needsApproval && <span class="pill wait">… approval before it</span>}
      {soakSeconds > 0 && <span class="soft">soaks {duration(soakSeconds)} after it</span>}
    </>
  );
}

function titleOf({ scaleSet, group, plan }: Member): string {
  const name = `${scaleSetName(scaleSet)}, group ${group}`;
  if (plan === undefined) return name;
  const { instances, batches, seconds } = plan;
  const what = `${counted(instances, 'instance')} in ${counted(batches, 'batch', 'batches')}`;
  return `${name}: ${what}, about ${duration(seconds)}`;
}

function SetLink({ id }: { readonly id: string }): JSX.Element {
  const address = parseScaleSetId(id);
  return address === undefined ? <span>{id}</span> : <a href={links.scaleSet(address)}>{address.name}</a>;
}

function ToldLine({
  member: { scaleSet, skipped, reason, code, heldBy },
}: {
  readonly member: Member;
}): JSX.Element {
  return (
    <li class={skipped ? 'off' : code === undefined ? 'wait' : 'bad'}>
      <span>
        <span class="set">{scaleSetName(scaleSet)}</span>
        {skipped && <strong>Skipped: </strong>}
        {code !== undefined && <strong>Would be refused: </strong>}
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

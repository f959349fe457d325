import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { Campaign } from '../../client/types.ts';
import { useWatch } from '../live/use-watch.ts';
import { CampaignStatus } from '../parts/campaign-status.tsx';
import { Copy, JsonDetails } from '../parts/json.tsx';
import { lazy } from '../parts/lazy.tsx';
import { Fact } from '../parts/fact.tsx';
import { Took } from '../parts/took.tsx';
import { Shown } from '../parts/trouble.tsx';
import { campaignMoves, hasCampaignEnded, versionOf } from '../view/campaign.ts';
import { links } from '../view/place.ts';
import { capital } from '../view/text.ts';

// What stands below the status need not be there for its first paint.
const CampaignStages = lazy(async () => (await import('../parts/campaign-stages.tsx')).CampaignStages);
const Events = lazy(async () => (await import('../parts/events.tsx')).Events);

/** One campaign: what it waits for and what ends that, its stages, and what happened. */
export function CampaignPage({ id }: { readonly id: string }): JSX.Element {
  const path = { id };
  const watched = useWatch(call('getCampaign', { path }), campaignMoves);
  const isMoving = (): boolean => watched.value.value !== undefined && campaignMoves(watched.value.value);
  const events = useWatch(call('getCampaignEvents', { path }), isMoving);
  const listed = useComputed(() => events.value.value?.value ?? []);
  const lookNow = (): void => {
    watched.lookNow();
    events.lookNow();
  };
  return (
    <Shown of={watched}>
      {(campaign) => (
        <>
          <div class="crumbs">
            <a href={links.more('campaigns')}>Campaigns</a>
            <span>{campaign.name}</span>
            <span class="id">{campaign.id}</span>
            {campaign.rollbackOf !== undefined && (
              <span>
                undoes{' '}
                <a class="id" href={links.more('campaigns', campaign.rollbackOf)}>
                  {campaign.rollbackOf}
                </a>
              </span>
            )}
          </div>
          <CampaignStatus campaign={campaign} onChanged={lookNow} />
          <Facts campaign={campaign} />
          {campaign.failure !== undefined && hasCampaignEnded(campaign) && (
            <Failure failure={campaign.failure} />
          )}
          {campaign.members.length > 0 && <CampaignStages campaign={campaign} />}
          <JsonDetails title="What it changes, as JSON" value={campaign.change} />
          <Events events={listed} />
        </>
      )}
    </Shown>
  );
}

function Facts({ campaign }: { readonly campaign: Campaign }): JSX.Element {
  const version = versionOf(campaign);
  const { scaleSets, reason, requestedBy, startedAt, endedAt } = campaign;
  const { total, succeeded, rolledBack, failed, skipped } = scaleSets;
  const aside = [
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(rolledBack > 0 ? [`${rolledBack} rolled back`] : []),
  ];
  return (
    <dl class="facts">
      <div>
        <dt>Scale sets upgraded</dt>
        <dd>
          {succeeded} of {total}
        </dd>
        <dd>
          <progress max={Math.max(total, 1)} value={succeeded} aria-label="Scale sets upgraded" />
        </dd>
        {startedAt !== null && (
          <dd class="soft">
            {hasCampaignEnded(campaign) ? 'took ' : 'for '}
            <Took from={startedAt} to={endedAt} />
          </dd>
        )}
      </div>
      <Fact name="Failed" value={failed} note={aside.join(', ')} />
      <Fact name="Version" value={version ?? '–'} note={version && 'the same for all'} isId />
      <Fact name="Reason" value={reason ?? 'none given'} note={`asked for by ${requestedBy}`} />
    </dl>
  );
}

/** What can be done about how it ended; while it is paused the buttons say that. */
function Failure({
  failure: { code, remedy },
}: {
  readonly failure: NonNullable<Campaign['failure']>;
}): JSX.Element {
  return (
    <section aria-label="What can be done">
      <h2>What can be done</h2>
      <p class="apart">
        {capital(remedy)} <Copy text={remedy} what="remedy" />
      </p>
      <p class="soft apart">
        <code>{code}</code>
      </p>
    </section>
  );
}

import type { JSX } from 'preact';
import type { CampaignSummary } from '../../client/types.ts';
import { campaignStatus } from '../view/campaign.ts';
import { links } from '../view/place.ts';
import { Time } from './time.tsx';

/** Campaigns, each with the sentence that its own page begins with. */
export function CampaignLines({
  campaigns,
}: {
  readonly campaigns: readonly CampaignSummary[];
}): JSX.Element {
  return (
    <ul class="lines">
      {campaigns.map((campaign) => (
        <CampaignLine key={campaign.id} campaign={campaign} />
      ))}
    </ul>
  );
}

function CampaignLine({ campaign }: { readonly campaign: CampaignSummary }): JSX.Element {
  const { id, name, reason, requestedBy, createdAt, scaleSets } = campaign;
  const { text, tone, since } = campaignStatus(campaign);
  return (
    <li class={tone}>
      <a href={links.more('campaigns', id)}>
        <span class="set">{name}</span>
        <strong>{text}</strong>
      </a>
      <span class="soft">
        {since === undefined ? (
          <>
            began <Time at={createdAt} />
          </>
        ) : (
          <Time at={since} />
        )}
        {scaleSets.total > 0 && ` · ${scaleSets.succeeded} of ${scaleSets.total} scale sets upgraded`}
        {` · ${reason ?? 'no reason'}, ${requestedBy} · `}
        <span class="id">{id}</span>
      </span>
    </li>
  );
}

import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { useWatch } from '../live/use-watch.ts';
import { campaignMoves, campaignWaitsForPeople } from '../view/campaign.ts';
import { CampaignLines } from './campaign-lines.tsx';

/** Campaigns that go on only when a person says so; nothing where there are none, or the reader may not see them. */
export function WaitingCampaigns(): JSX.Element | null {
  const watched = useWatch(call('getCampaigns', { query: { top: 50 } }), ({ value }) =>
    value.some(campaignMoves),
  );
  const waiting = watched.value.value?.value.filter(campaignWaitsForPeople) ?? [];
  if (waiting.length === 0) return null;
  return (
    <section aria-label="Campaigns waiting for a person">
      <h2>
        Campaigns waiting for a person <span class="pill old">{waiting.length}</span>
      </h2>
      <CampaignLines campaigns={waiting} />
    </section>
  );
}

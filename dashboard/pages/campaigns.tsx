import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { useDenial } from '../live/caller.ts';
import { useWatch } from '../live/use-watch.ts';
import { CampaignLines } from '../parts/campaign-lines.tsx';
import { Offered } from '../parts/offered.tsx';
import { Shown } from '../parts/trouble.tsx';
import { campaignMoves } from '../view/campaign.ts';
import { links } from '../view/place.ts';

/** Campaigns, newest first. */
export function CampaignsPage(): JSX.Element {
  const top = useSignal(20);
  const watched = useWatch(call('getCampaigns', { query: { top: top.value } }), ({ value }) =>
    value.some(campaignMoves),
  );
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>Campaigns</h1>
        <NewCampaign />
      </div>
      <Shown of={watched}>
        {({ value, nextLink }) => (
          <>
            {value.length === 0 && (
              <p class="blank soft">No change goes over many scale sets, and none has.</p>
            )}
            <CampaignLines campaigns={value} />
            {nextLink !== undefined && top.value < 50 && (
              <button type="button" onClick={() => (top.value = 50)}>
                Show older ones
              </button>
            )}
          </>
        )}
      </Shown>
    </>
  );
}

function NewCampaign(): JSX.Element {
  const denial = useDenial('plan');
  if (denial === undefined) {
    return (
      <a class="button main" href={links.more('campaigns', 'new')}>
        New campaign
      </a>
    );
  }
  return <Offered label="New campaign" class="main" denial={denial} onAsk={() => {}} />;
}

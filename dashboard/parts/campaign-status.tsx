import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Campaign } from '../../client/types.ts';
import { campaignActions, campaignBarred, campaignStatus } from '../view/campaign.ts';
import type { CampaignAction } from '../view/campaign.ts';

import { lazy } from './lazy.tsx';
import { NotNow } from './not-now.tsx';
import { Span, Time } from './time.tsx';

const CampaignDialog = lazy(async () => (await import('./campaign-dialog.tsx')).CampaignDialog);

/** The sentence that says where the campaign stands, and beside it what a person may do. */
export function CampaignStatus({
  campaign,
  onChanged,
}: {
  readonly campaign: Campaign;
  readonly onChanged: () => void;
}): JSX.Element {
  const { text, tone } = campaignStatus(campaign);
  const asked = useSignal<CampaignAction | undefined>(undefined);
  return (
    <section class={`status ${tone}`} aria-label="Status">
      <div class="says">
        <h1 tabIndex={-1} aria-live="polite">
          {text}
        </h1>
        <Times campaign={campaign} />
      </div>
      <Actions campaign={campaign} onAsk={(action) => (asked.value = action)} />
      {asked.value !== undefined && (
        <CampaignDialog
          campaign={campaign}
          action={asked.value}
          onClose={() => {
            asked.value = undefined;
          }}
          onDone={onChanged}
        />
      )}
    </section>
  );
}

/** For how long it has been so, what to know about it, and until when it may last. */
function Times({ campaign }: { readonly campaign: Campaign }): JSX.Element {
  const { since, until, notes } = campaignStatus(campaign);
  const isGate = campaign.waitingFor?.kind === 'approval';
  return (
    <p>
      {since !== undefined && (
        <>
          {campaign.endedAt === null ? (
            <>
              For <Span since={since} />
            </>
          ) : (
            <>
              Ended <Time at={since} />
            </>
          )}
          .{' '}
        </>
      )}
      {notes.join(' ')}
      {until !== undefined && (
        <>
          {' '}
          {isGate ? 'The time for an answer ends' : 'The soak ends'} <Time at={until} />.
        </>
      )}
    </p>
  );
}

function Actions({
  campaign,
  onAsk,
}: {
  readonly campaign: Campaign;
  readonly onAsk: (action: CampaignAction) => void;
}): JSX.Element {
  const actions = campaignActions(campaign);
  const barred = campaignBarred(campaign);
  return (
    <div class="acts">
      {actions.map((action) => (
        <button
          key={action.next.command}
          type="button"
          class={[action.isMain ? 'main' : '', action.isDangerous ? 'danger' : ''].join(' ')}
          onClick={() => onAsk(action)}
        >
          {action.label}…
        </button>
      ))}
      {barred.length > 0 && <NotNow barred={barred} />}
    </div>
  );
}

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { call } from '../../client/call.ts';
import type { CampaignPlan, CampaignSpec } from '../../client/types.ts';
import { send } from '../api/client.ts';
import { useDenial } from '../live/caller.ts';
import { createDraft } from '../live/draft.ts';
import type { Draft, Drafted } from '../live/draft.ts';
import { CampaignForm } from '../parts/campaign-form.tsx';
import { Copy } from '../parts/json.tsx';
import { lazy } from '../parts/lazy.tsx';
import { Offered } from '../parts/offered.tsx';
import { Problems } from '../parts/problems.tsx';
import { SpecEditor } from '../parts/spec-editor.tsx';
import { campaignCommand, FIRST_CAMPAIGN } from '../view/campaign-spec.ts';
import { links } from '../view/place.ts';
import { specText } from '../view/spec.ts';
import { capital } from '../view/text.ts';

const CampaignPlanView = lazy(async () => (await import('../parts/campaign-plan.tsx')).CampaignPlanView);

/** Whether it is a campaign, the app says: it refuses what it does not know. */
const CAMPAIGNS: Drafted<CampaignPlan> = {
  plan: (spec) => send(call('planCampaign', { body: spec as unknown as CampaignSpec })),
  start: async (spec, _plan, key) => {
    const { id } = await send(call('startCampaign', { body: spec as unknown as CampaignSpec }), key);
    return links.more('campaigns', id);
  },
};

/** Writes a campaign, shows what it would do, and starts it. */
export function NewCampaignPage(): JSX.Element {
  const draft = useMemo(() => createDraft(FIRST_CAMPAIGN, CAMPAIGNS), []);
  const { spec, problems, plan, isCurrent } = draft;
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>New campaign</h1>
        <a href={links.more('campaigns')}>back to the campaigns</a>
      </div>
      <div class="columns">
        <section class="form" aria-label="Campaign">
          <CampaignForm spec={spec.value} onSpec={(next) => draft.change(next)} problems={problems.value} />
        </section>
        <div>
          <SpecEditor spec={spec.value} onSpec={(next) => draft.change(next)} />
          <Buttons draft={draft} />
          <Problems draft={draft} />
        </div>
      </div>
      {plan.value !== undefined && (
        <div class={isCurrent.value ? '' : 'outdated'}>
          {!isCurrent.value && (
            <p class="stale">The campaign has changed since this plan was made. Ask for a new plan.</p>
          )}
          <CampaignPlanView plan={plan.value} />
        </div>
      )}
    </>
  );
}

function Buttons({ draft }: { readonly draft: Draft<CampaignPlan> }): JSX.Element {
  const { spec, isCurrent, isAsking } = draft;
  const denial = useDenial('start');
  const text = specText(spec.value);
  return (
    <section class="acts" aria-label="Plan and start">
      <button
        type="button"
        class={isCurrent.value ? '' : 'main'}
        disabled={isAsking.value}
        onClick={() => void draft.askForPlan()}
      >
        Show the plan
      </button>
      {isCurrent.value && (
        <Offered
          label="Start this campaign"
          class="main"
          denial={denial}
          isBusy={isAsking.value}
          onAsk={() => void draft.start()}
        />
      )}
      {denial !== undefined && <p class="soft denial">{capital(denial)}.</p>}
      <span class="soft">or</span>
      <Copy text={campaignCommand(text)} what="command" />
      <Copy text={text} what="JSON" />
    </section>
  );
}

import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { CAMPAIGN_STEPS } from '../core/campaign/steps.ts';
import { actInput, turnInput } from '../core/campaign/turn-input.ts';
import { logs } from '../core/messages/logs.ts';
import { actForCampaign } from '../operations/campaigns/act-for-campaign.ts';
import { advanceCampaign } from '../operations/campaigns/advance-campaign.ts';
import type { App } from './app.ts';
import { workflowsOf } from './workflow.ts';

type Run = (input: unknown, context: InvocationContext) => Promise<unknown>;

/** Registers the activities of campaigns; to begin rollouts they need the host's client, as a request does. */
export function registerCampaignSteps(app: App): void {
  const register = (name: string, run: Run): void => {
    df.app.activity(name, {
      extraInputs: [df.input.durableClient()],
      handler: async (input: unknown, context) => {
        try {
          return await run(input, context);
        } catch (error) {
          context.error(logs.campaignStepFailed(name, campaignOf(input)), error);
          throw error;
        }
      },
    });
  };
  register(CAMPAIGN_STEPS.advance, (input) => advanceCampaign(turnInput(input), app.ports()));
  register(CAMPAIGN_STEPS.forOne, (input, context) =>
    actForCampaign(actInput(input), app.ports(), workflowsOf(context)),
  );
}

function campaignOf(input: unknown): string {
  const { campaign } = (typeof input === 'object' ? input : {}) as { campaign?: unknown };
  return typeof campaign === 'string' ? campaign : '?';
}

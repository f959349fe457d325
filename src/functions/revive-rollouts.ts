import type { TimerHandler } from '@azure/functions';
import { logs } from '../core/messages/logs.ts';
import { reviveCampaigns } from '../operations/campaigns/find-campaign.ts';
import { raiseAlarms } from '../operations/raise-alarms.ts';
import { reviveRollouts } from '../operations/revive-rollouts.ts';
import type { App } from './app.ts';
import { workflowsOf } from './workflow.ts';

/**
 * The timer that looks after rollouts and campaigns whose workflow was lost, and then tells the log what is wrong for longer than it
 * should be: a line of JSON for each, which the alert rules in `infra/` read.
 */
export function reviveRolloutsTimer(app: App): TimerHandler {
  return async (_timer, context) => {
    const held = await reviveRollouts(app.ports(), workflowsOf(context), (rollout, what) =>
      context.warn(`rollout ${rollout}: ${what}`),
    );
    await reviveCampaigns(app.ports(), workflowsOf(context), (campaign) =>
      context.warn(logs.campaignRevived(campaign)),
    );
    for (const alarm of await raiseAlarms(held, app.ports())) context.warn(`alarm ${JSON.stringify(alarm)}`);
  };
}

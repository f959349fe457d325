import { call } from '../../client/call.ts';
import { campaignList } from '../api/campaigns.ts';
import { read } from '../api/client.ts';
import type { Context } from '../context.ts';
import { idNamed, lookedAt } from './named.ts';
import { isWholeCampaignId } from './short-id.ts';

/** The most campaigns that the app gives at once: among them an id may be shortened. */
const LOOKED_AT = 50;

/** The id of a campaign that was named as a rollout may be: by the beginning of its id, or as `@latest`. */
export async function campaignIdOf(context: Context, named: string): Promise<string> {
  if (isWholeCampaignId(named)) return named;
  const top = lookedAt(named, LOOKED_AT);
  const { value } = await read(context, call('getCampaigns', { query: { top } }), campaignList);
  return idNamed(named, value, { kind: 'campaign', label: ({ name }) => name });
}

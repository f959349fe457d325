import { z } from 'zod';
import { text } from '../core/model/schemas.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store } from './port.ts';

const TABLE = 'campaigns';

/** No campaign is called so: their ids begin with `c-`. */
const ALL = 'all';
const LIVE = 'live';

const LATEST_MS = 9_999_999_999_999;

const format = z.strictObject({ id: text, createdAt: text });
type Entry = Readonly<z.infer<typeof format>>;

/** Lists a campaign as one that runs, before anything else is written of it: whoever looks after them finds it there. */
export async function noteLiveCampaign({ documents }: Store, { id, createdAt }: Entry): Promise<void> {
  await documents.insert({ table: TABLE, partition: LIVE, row: id }, seal({ id, createdAt }));
}

/** Lists a campaign for people, newest first. */
export async function listCampaign({ documents }: Store, { id, createdAt }: Entry): Promise<void> {
  const row = `${rowPrefix(Date.parse(createdAt))}-${id}`;
  await documents.insert({ table: TABLE, partition: ALL, row }, seal({ id, createdAt }));
}

/** Campaigns that were created before this time, newest first. */
export async function listOldCampaigns(
  store: Store,
  before: number,
  top: number,
): Promise<readonly ListedCampaign[]> {
  return listCampaigns(store, top, rowPrefix(before));
}

/** The last that is done of a purge. */
export async function unlistCampaign({ documents }: Store, row: string): Promise<void> {
  await documents.remove({ table: TABLE, partition: ALL, row });
}

const rowPrefix = (time: number): string => String(LATEST_MS - time).padStart(13, '0');

export async function forgetLiveCampaign({ documents }: Store, id: string): Promise<void> {
  await documents.remove({ table: TABLE, partition: LIVE, row: id });
}

/** Campaigns that have not ended, and those that died over their start or their end. */
export async function liveCampaigns({ documents }: Store): Promise<readonly Entry[]> {
  const rows = await documents.list(TABLE, LIVE);
  return rows.map(({ row, value }) => unseal(value, format, `${row} of the campaigns that run`));
}

export interface ListedCampaign extends Entry {
  readonly row: string;
}

/** Campaigns, newest first, after the row of an earlier page. */
export async function listCampaigns(
  { documents }: Store,
  top: number,
  after?: string,
): Promise<readonly ListedCampaign[]> {
  const rows = await documents.list(TABLE, ALL, { top, ...(after !== undefined && { after }) });
  return rows.map(({ row, value }) => ({ row, ...unseal(value, format, `${row} of the list of campaigns`) }));
}

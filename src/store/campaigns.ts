import { z } from 'zod';
import { campaignRecord, campaignSet } from '../core/campaign/campaign.ts';
import type { Campaign, CampaignRecord, CampaignSet } from '../core/campaign/campaign.ts';
import { campaignCommand } from '../core/campaign/commands.ts';
import type { CampaignCommand } from '../core/campaign/commands.ts';
import { CampaignSpec } from '../core/campaign/spec.ts';
import type { CampaignEvent } from '../core/campaign/turn.ts';
import { count, maybe, text, time } from '../core/model/schemas.ts';
import { seal, unseal } from './formats/format.ts';
import { campaignOutboxOf } from './outbox.ts';
import type { DocumentRow, Store, Stored } from './port.ts';

/*
 * All that is kept of one campaign is one partition, so that one transaction changes any of it: the command log, the
 * head, its sets in chunks, the trail of events. In this order, so that one list reads what a turn needs.
 */
const TABLE = 'campaigns';
const HEAD = 'head';
const AFTER_SETS = 'trail-';

/** So many sets share a document. */
const CHUNK = 50;

const padded = (number: number): string => String(number).padStart(8, '0');
const setsRow = (chunk: number): string => `sets-${padded(chunk)}`;

const head = z.strictObject({ record: campaignRecord, hidden: text });
const chunk = z.strictObject({ sets: z.array(campaignSet) });

const event = z.strictObject({
  sequence: count,
  time,
  message: text,
  stage: maybe(count),
  scaleSet: maybe(text),
  by: maybe(text),
});
export type KeptEvent = Readonly<z.infer<typeof event>>;
const trail = z.strictObject({ events: z.array(event) });

export interface StoredCampaign extends Campaign {
  readonly etag: string;
  readonly commands: readonly CampaignCommand[];
}

const placeOf = (id: string): string => `${TABLE}/${id}/${HEAD}`;

/** A spec may hold passwords and keys, so all of it is encrypted. */
function sealHead({ cipher }: Store, { record, spec }: Pick<Campaign, 'record' | 'spec'>): object {
  return seal({ record, hidden: cipher.encrypt(JSON.stringify(spec), placeOf(record.id)) });
}

/** Writes down a campaign that was just accepted; false where it is there already. */
export async function insertCampaign(
  store: Store,
  campaign: Pick<Campaign, 'record' | 'spec'>,
): Promise<boolean> {
  const key = { table: TABLE, partition: campaign.record.id, row: HEAD } as const;
  return (await store.documents.insert(key, sealHead(store, campaign))) !== undefined;
}

export async function readCampaign(store: Store, id: string): Promise<StoredCampaign | undefined> {
  const rows = await store.documents.list(TABLE, id, { before: AFTER_SETS });
  const found = rows.find(({ row }) => row === HEAD);
  if (found === undefined) return undefined;
  const { record, hidden } = unseal(found.value, head, `the record of campaign ${id}`);
  const spec = CampaignSpec.parse(JSON.parse(store.cipher.decrypt(hidden, placeOf(id))));
  return { record, spec, etag: found.etag, sets: setsIn(id, rows), commands: commandsIn(id, rows) };
}

function setsIn(id: string, rows: readonly Stored[]): readonly CampaignSet[] {
  return rows
    .filter(({ row }) => row.startsWith('sets-'))
    .flatMap(({ row, value }) => unseal(value, chunk, `${row} of campaign ${id}`).sets);
}

function commandsIn(id: string, rows: readonly Stored[]): readonly CampaignCommand[] {
  return rows
    .filter(({ row }) => row.startsWith('command-'))
    .map(({ row, value }) => unseal(value, campaignCommand, `${row} of campaign ${id}`));
}

/** Appends to the command log; false when somebody else was first: read again, and decide again. */
export async function appendCampaignCommand(
  { documents }: Store,
  id: string,
  command: CampaignCommand,
): Promise<boolean> {
  const key = { table: TABLE, partition: id, row: `command-${padded(command.sequence)}` } as const;
  return (await documents.insert(key, seal(command))) !== undefined;
}

export interface CampaignChange {
  readonly record: CampaignRecord;
  readonly sets: readonly CampaignSet[];
  readonly events: readonly CampaignEvent[];
  readonly now: number;
}

/** Writes down all that a turn has changed in one transaction; false when somebody else has written meanwhile. */
export async function commitCampaign(
  store: Store,
  before: StoredCampaign,
  { record, sets, events, now }: CampaignChange,
): Promise<boolean> {
  const { id, lastEvent } = before.record;
  const told = events.map((one, index) => ({
    sequence: lastEvent + 1 + index,
    time: new Date(now).toISOString(),
    ...one,
  }));
  const next = { ...record, lastEvent: lastEvent + told.length };
  const at = new Date(now).toISOString();
  const telling = { spec: before.spec, before: before.record, after: next, events };
  const outbox = campaignOutboxOf(telling, { etag: before.etag, at });
  const puts = [...changedChunks(before.sets, sets), ...trailOf(told), ...outbox];
  const value = sealHead(store, { record: next, spec: before.spec });
  const change = { table: TABLE, partition: id, puts, removes: [] } as const;
  const written = { row: HEAD, etag: before.etag, value };
  return (await store.documents.commit({ ...change, head: written })) !== undefined;
}

function trailOf(events: readonly KeptEvent[]): readonly DocumentRow[] {
  const [first] = events;
  return first === undefined ? [] : [{ row: `trail-${padded(first.sequence)}`, value: seal({ events }) }];
}

function changedChunks(
  before: readonly CampaignSet[],
  after: readonly CampaignSet[],
): readonly DocumentRow[] {
  const rows: DocumentRow[] = [];
  for (let from = 0; from < after.length; from += CHUNK) {
    const sets = after.slice(from, from + CHUNK);
    const isSame = sets.every((set, index) => set === before[from + index]);
    if (!isSame) rows.push({ row: setsRow(from / CHUNK), value: seal({ sets }) });
  }
  return rows;
}

/** What has happened in a campaign, oldest first. */
export async function readCampaignEvents({ documents }: Store, id: string): Promise<readonly KeptEvent[]> {
  const rows = await documents.list(TABLE, id, { after: AFTER_SETS });
  return rows.flatMap(({ row, value }) => unseal(value, trail, `${row} of campaign ${id}`).events);
}

/** From now on there is no such campaign, for whoever asks; the rest of it is only litter. */
export async function removeCampaignHead({ documents }: Store, id: string): Promise<void> {
  await documents.remove({ table: TABLE, partition: id, row: HEAD });
}

const PAGE = 100;

/** Removes what is left of a campaign that has no head. */
export async function removeCampaignRest({ documents }: Store, id: string): Promise<void> {
  for (;;) {
    const found = await documents.list(TABLE, id, { top: PAGE });
    const rows = found.map(({ row }) => row);
    if (rows.length > 0) await documents.removeAll(TABLE, id, rows);
    if (rows.length < PAGE) return;
  }
}

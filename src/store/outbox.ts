import { z } from 'zod';
import { campaignNoticesOf } from '../core/campaign/notices.ts';
import type { CampaignCommitting } from '../core/campaign/notices.ts';
import { fingerprint } from '../core/model/canonical.ts';
import { time } from '../core/model/schemas.ts';
import { notice } from '../core/notices/notice.ts';
import type { Notice } from '../core/notices/notice.ts';
import { noticesOf } from '../core/notices/told-by-commit.ts';
import type { Committing } from '../core/notices/told-by-commit.ts';
import { seal, unseal } from './formats/format.ts';
import { TABLE } from './partition.ts';
import type { DocumentRow, Store, Table } from './port.ts';

/*
 * What a commit has to tell lies in the partition of its rollout or campaign until it is on its way, written by that very commit: no
 * notice is lost, and none tells of what was not committed. Its rows stand among the chunks, where a build that knows
 * no notices passes over them.
 */

const PREFIX = 'outbox-';
const [AFTER, BEFORE] = [PREFIX, 'outbox.'];

const format = z.strictObject({ at: time, notices: z.array(notice) });

/** What is to be written with a commit of the version of the record that `etag` names. */
export function outboxOf(
  commit: Committing,
  { etag, at }: { readonly etag: string; readonly at: string },
): readonly DocumentRow[] {
  return rowOf(noticesOf(commit), { etag, at, lastEvent: commit.after.lastEvent });
}

/** The same of a campaign. */
export function campaignOutboxOf(
  commit: CampaignCommitting,
  { etag, at }: { readonly etag: string; readonly at: string },
): readonly DocumentRow[] {
  return rowOf(campaignNoticesOf(commit), { etag, at, lastEvent: commit.after.lastEvent });
}

function rowOf(
  notices: readonly Notice[],
  { etag, at, lastEvent }: { readonly etag: string; readonly at: string; readonly lastEvent: number },
): readonly DocumentRow[] {
  if (notices.length === 0) return [];
  // A version is replaced once, so the name is of this commit alone.
  const order = `${String(lastEvent).padStart(8, '0')}-${at.replaceAll(/\D/g, '')}`;
  return [{ row: `${PREFIX}${order}-${fingerprint(etag).slice(0, 12)}`, value: seal({ at, notices }) }];
}

/** Where all of it is kept: campaigns have a table of their own. */
const tableOf = (id: string): Table => (id.startsWith('c-') ? 'campaigns' : TABLE);

/** A notice that no step's commit tells, but the passing of time; `name` makes it the same one when it is told again. */
export async function putIntoOutbox(
  { documents }: Store,
  rollout: string,
  { name, at, notice: told }: { readonly name: string; readonly at: string; readonly notice: Notice },
): Promise<void> {
  const key = { table: tableOf(rollout), partition: rollout, row: `${PREFIX}${name}` };
  await documents.insert(key, seal({ at, notices: [told] }));
}

export interface Waiting {
  readonly row: string;
  readonly at: string;
  /** Each with the name that it keeps, however often it is sent. */
  readonly notices: readonly { readonly id: string; readonly notice: Notice }[];
}

/** What a rollout has to tell and nobody has seen to yet, in the order of its commits. */
export async function readOutbox(
  { documents }: Store,
  rollout: string,
  top: number,
): Promise<readonly Waiting[]> {
  const rows = await documents.list(tableOf(rollout), rollout, { after: AFTER, before: BEFORE, top });
  return rows.map(({ row, value }) => {
    const { at, notices } = unseal(value, format, `${row} of rollout ${rollout}`);
    const name = `${rollout}.${row.slice(PREFIX.length)}`;
    return { row, at, notices: notices.map((one, index) => ({ id: `${name}.${index}`, notice: one })) };
  });
}

export async function clearOutbox(
  { documents }: Store,
  rollout: string,
  rows: readonly string[],
): Promise<void> {
  await documents.removeAll(tableOf(rollout), rollout, rows);
}

import { useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import type { AuditRecord } from '../api/shapes.ts';
import { troubleOf } from './watch.ts';
import type { Trouble } from './watch.ts';

const MOST_PAGES = 10;

/** What was done since some time, the newest first. */
interface Audit {
  readonly records: readonly AuditRecord[];
  /** Whether there was more than the page reads. */
  readonly isCut: boolean;
}

interface AuditRead {
  readonly value: ReadonlySignal<Audit | undefined>;
  readonly trouble: ReadonlySignal<Trouble | undefined>;
}

/** Reads the audit of the last hours, once for each number of them. */
export function useAudit(hours: number): AuditRead {
  const value = useSignal<Audit | undefined>(undefined);
  const trouble = useSignal<Trouble | undefined>(undefined);
  useEffect(() => {
    const ending = new AbortController();
    const load = async (): Promise<void> => {
      try {
        value.value = await newest(new Date(Date.now() - hours * 3_600_000).toISOString(), ending.signal);
        trouble.value = undefined;
      } catch (error) {
        if (!ending.signal.aborted) trouble.value = troubleOf(error, Date.now());
      }
    };
    void load();
    return () => ending.abort();
  }, [hours]);
  return { value, trouble };
}

/** The API tells chain after chain: only whoever has all of them knows which record is the newest. */
async function newest(from: string, signal: AbortSignal): Promise<Audit> {
  const records: AuditRecord[] = [];
  let skipToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await read(call('getAudit', { query: { from, skipToken } }), { signal });
    if (answer.kind === 'same') break;
    records.push(...answer.value.value);
    const { nextLink } = answer.value;
    if (nextLink === undefined) return { records: newestFirst(records), isCut: false };
    skipToken = new URL(nextLink, location.href).searchParams.get('skipToken') ?? undefined;
  }
  return { records: newestFirst(records), isCut: true };
}

function newestFirst(records: readonly AuditRecord[]): readonly AuditRecord[] {
  return records.toSorted((one, other) =>
    one.at === other.at ? other.number - one.number : one.at < other.at ? 1 : -1,
  );
}

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { AuditRecord } from '../api/shapes.ts';
import { useAudit } from '../live/audit.ts';
import { matching } from '../view/audit.ts';
import { links } from '../view/place.ts';
import { capital, counted } from '../view/text.ts';
import { Choice } from './choice.tsx';
import { Time } from './time.tsx';
import { Shown } from './trouble.tsx';

const SPANS = [
  ['1', 'hour'],
  ['24', 'day'],
  ['168', 'week'],
  ['720', '30 days'],
] as const;

const SHOWN_AT_ONCE = 25;

/** What was done lately and who did it, the newest first, with a search. */
export function Audit(): JSX.Element {
  const hours = useSignal('24');
  const search = useSignal('');
  const audit = useAudit(Number(hours.value));
  return (
    <section aria-label="Audit">
      <div class="head">
        <h2>Audit</h2>
        <Choice
          label="Of the last"
          options={SPANS}
          value={hours.value}
          onChange={(value) => (hours.value = value)}
        />
        <label class="filter">
          <span class="unseen">Search the audit</span>
          <input
            type="search"
            placeholder="Search by person, set, instance, request id…"
            value={search.value}
            onInput={({ currentTarget }) => (search.value = currentTarget.value)}
          />
        </label>
      </div>
      <Shown of={audit}>
        {({ records, isCut }) => (
          <>
            {isCut && <p class="stale">There is more than the page reads: choose a shorter time.</p>}
            <Records key={search.value} records={matching(records, search.value)} />
          </>
        )}
      </Shown>
    </section>
  );
}

function Records({ records }: { readonly records: readonly AuditRecord[] }): JSX.Element {
  const most = useSignal(SHOWN_AT_ONCE);
  if (records.length === 0) return <p class="soft">Nothing is recorded.</p>;
  return (
    <>
      <ol class="events audit">
        {records.slice(0, most.value).map((record) => (
          <RecordLine key={record.hash} record={record} />
        ))}
      </ol>
      {records.length > most.value && (
        <button type="button" class="small" onClick={() => (most.value = records.length)}>
          Show all {counted(records.length, 'record')}
        </button>
      )}
    </>
  );
}

function RecordLine({ record }: { readonly record: AuditRecord }): JSX.Element {
  const { at, message, by, chain, number, requestId } = record;
  return (
    <li>
      <Time at={at} />
      <span>
        {capital(message)}
        <span class="soft id request">
          {' '}
          {by !== undefined && `by ${by} · `}
          {chain === 'acts' ? 'acts' : <a href={links.rollout(chain)}>{chain}</a>} {number}
          {requestId !== undefined && ` · request ${requestId}`}
        </span>
      </span>
    </li>
  );
}

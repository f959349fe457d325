import { useSignal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { ScheduleDecision, ScheduleExplanation, ScheduleView } from '../../client/types.ts';
import { parseScaleSetId, scaleSetName } from '../api/paths.ts';
import { useWatch } from '../live/use-watch.ts';
import {
  DeleteScheduleDialog,
  ReleaseDialog,
  RunScheduleDialog,
  SetScheduleDialog,
} from './schedule-dialogs.tsx';
import { Time, useTimely } from './time.tsx';
import { Shown } from './trouble.tsx';
import { Versions } from './versions.tsx';
import { links } from '../view/place.ts';
import { capital } from '../view/text.ts';

/** What is asked for just now, and of which version. */
type Dialog =
  | { readonly kind: 'set' | 'delete' | 'run' }
  | { readonly kind: 'release'; readonly version: string };

/** One schedule: what it would do to each of its scale sets, and why. */
export function ScheduleDetails({ name }: { readonly name: string }): JSX.Element {
  const path = { schedule: name };
  const view = useWatch(call('getSchedule', { path }));
  const explanation = useWatch(call('explainSchedule', { path }));
  const dialog = useSignal<Dialog | undefined>(undefined);
  const lookNow = (): void => {
    view.lookNow();
    explanation.lookNow();
  };
  return (
    <>
      <h1 tabIndex={-1}>{name}</h1>
      <Shown of={view}>
        {(stands) => (
          <>
            <Acts may={stands.may} dialog={dialog} />
            <Shown of={explanation}>
              {(found) => <Explained found={found} may={stands.may} dialog={dialog} />}
            </Shown>
            <History view={stands} />
            <Asked stands={stands} dialog={dialog} onDone={lookNow} />
          </>
        )}
      </Shown>
    </>
  );
}

interface Offered {
  readonly may: ScheduleView['may'];
  readonly dialog: Signal<Dialog | undefined>;
}

const LABELS = { run: 'Look now…', set: 'Change…', delete: 'Delete…' } as const;

function Acts({ may, dialog }: Offered): JSX.Element {
  const kinds = (['run', 'set', 'delete'] as const).filter((kind) => may.includes(kind));
  return (
    <div class="acts">
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          class={kind === 'delete' ? 'danger' : ''}
          onClick={() => (dialog.value = { kind })}
        >
          {LABELS[kind]}
        </button>
      ))}
    </div>
  );
}

function Explained({ found, ...offered }: Offered & { readonly found: ScheduleExplanation }): JSX.Element {
  const { window, unreadable, scaleSets } = found;
  return (
    <section aria-label="What it would do now">
      <h2>What it would do now</h2>
      <p>
        It <NextLook at={found.looksNext} />
        {window !== null && (
          <>
            . Its window is {window.open ? 'open, and closes ' : 'closed, and opens '}
            {window.until === null ? 'never' : <Time at={window.until} />}
          </>
        )}
        .
      </p>
      {unreadable !== undefined && <p class="stale">Scale sets may be missing: {unreadable}</p>}
      {scaleSets.length === 0 ? (
        <p class="soft">No scale set is in it, by its name or by its tag.</p>
      ) : (
        <Decisions decisions={scaleSets} {...offered} />
      )}
    </section>
  );
}

function Decisions({
  decisions,
  ...offered
}: Offered & { readonly decisions: readonly ScheduleDecision[] }): JSX.Element {
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Scale set</th>
          <th scope="col">Ring</th>
          <th scope="col">Outcome</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {decisions.map((one) => (
          <DecisionRow key={one.scaleSet} decision={one} {...offered} />
        ))}
      </tbody>
    </table>
  );
}

/** Codes of decisions that somebody's release can change. */
const RELEASABLE = new Set(['failed', 'failedElsewhere', 'alreadyRolledOut']);

function DecisionRow({
  decision,
  ...offered
}: Offered & { readonly decision: ScheduleDecision }): JSX.Element {
  const { scaleSet, ring, outcome } = decision;
  const address = parseScaleSetId(scaleSet);
  return (
    <tr>
      <th scope="row">
        {address === undefined ? scaleSet : <a href={links.scaleSet(address)}>{scaleSetName(scaleSet)}</a>}
      </th>
      <td>{ring ?? ''}</td>
      <td>{outcome}</td>
      <td>
        {/* One item of the row that a narrow cell is, or each word of it would be. */}
        <div>
          <Why decision={decision} />
          <Release decision={decision} {...offered} />
        </div>
      </td>
    </tr>
  );
}

function Why({ decision }: { readonly decision: ScheduleDecision }): JSX.Element {
  const { message, rolloutId, until, passedOver = [] } = decision;
  return (
    <>
      {capital(message)}{' '}
      {rolloutId !== undefined && (
        <a class="id" href={links.rollout(rolloutId)}>
          {rolloutId}
        </a>
      )}
      {until !== undefined && (
        <span class="soft">
          {' '}
          (<Time at={until} />)
        </span>
      )}
      {passedOver.map((one) => (
        <div key={one.version} class="soft">
          Passes over {one.version}: {one.message}
        </div>
      ))}
    </>
  );
}

function Release({
  decision: { version, code },
  may,
  dialog,
}: Offered & { readonly decision: ScheduleDecision }): JSX.Element | null {
  if (version === undefined || !RELEASABLE.has(code) || !may.includes('release')) return null;
  return (
    <div>
      <button type="button" class="small" onClick={() => (dialog.value = { kind: 'release', version })}>
        Release {version}…
      </button>
    </div>
  );
}

function History({ view }: { readonly view: ScheduleView }): JSX.Element {
  return (
    <>
      <Versions
        versions={view.versions.map(({ schedule, ...version }) => ({ ...version, value: schedule }))}
      />
      {view.releases.length > 0 && (
        <section aria-label="Released versions">
          <h2>Released versions</h2>
          {view.releases.map(({ version, by, at, reason }) => (
            <p key={`${version} ${at}`}>
              {version} released by {by}, <Time at={at} />: {reason}
            </p>
          ))}
        </section>
      )}
    </>
  );
}

function Asked({
  stands,
  dialog,
  onDone,
}: {
  readonly stands: ScheduleView;
  readonly dialog: Signal<Dialog | undefined>;
  readonly onDone: () => void;
}): JSX.Element | null {
  const asked = dialog.value;
  const acts = { onDone, onClose: () => (dialog.value = undefined) };
  switch (asked?.kind) {
    case undefined:
      return null;
    case 'set':
      return <SetScheduleDialog stands={stands} {...acts} />;
    case 'delete':
      return <DeleteScheduleDialog stands={stands} {...acts} />;
    case 'run':
      return <RunScheduleDialog name={stands.name} {...acts} />;
    case 'release':
      return <ReleaseDialog name={stands.name} version={asked.version} {...acts} />;
  }
}

/** When a schedule looks next. */
export function NextLook({ at }: { readonly at: string | null }): JSX.Element {
  const isDue = useTimely((instant) => at !== null && Date.parse(at) <= instant, [at]);
  if (at === null) return <>never looks again</>;
  // The app's timer goes each minute.
  if (isDue.value) return <>looks within a minute</>;
  return (
    <>
      looks <Time at={at} />
    </>
  );
}

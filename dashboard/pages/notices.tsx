import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { NoticesView } from '../../client/types.ts';
import { useCaller, useDenial } from '../live/caller.ts';
import { useWatch } from '../live/use-watch.ts';
import { DeadLetters } from '../parts/dead-letters.tsx';
import { Fact } from '../parts/fact.tsx';
import { lazy } from '../parts/lazy.tsx';
import { Routes, Targets } from '../parts/notice-tables.tsx';
import { Shown } from '../parts/trouble.tsx';
import { Versions } from '../parts/versions.tsx';
import { links } from '../view/place.ts';
import { capital } from '../view/text.ts';
import { duration } from '../view/time.ts';

const SetNoticesDialog = lazy(async () => (await import('../parts/notices-dialog.tsx')).SetNoticesDialog);

/** Who is told what happens to rollouts, and what could not be delivered. */
export function NoticesPage(): JSX.Element {
  return (
    <>
      <div class="crumbs">
        <a href={links.onCall}>On call</a>
      </div>
      <h1 tabIndex={-1}>Notices</h1>
      {useCaller() === undefined ? (
        <p class="blank soft">Loading…</p>
      ) : (
        <>
          <Allowed act="resendNotices" title="Dead letters">
            <DeadLetters />
          </Allowed>
          <Allowed act="setNotices" title="Who is told">
            <Settings />
          </Allowed>
        </>
      )}
    </>
  );
}

/** What not everybody may see: else its title, and why not. */
function Allowed({
  act,
  title,
  children,
}: {
  readonly act: 'resendNotices' | 'setNotices';
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const denial = useDenial(act);
  if (denial === undefined) return <>{children}</>;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p class="soft">{capital(denial)}.</p>
    </section>
  );
}

function Settings(): JSX.Element {
  const watched = useWatch(call('getNotices', {}));
  const isAsked = useSignal(false);
  return (
    <Shown of={watched}>
      {(view) => (
        <>
          <WhoIsTold view={view} onAsk={() => (isAsked.value = true)} />
          <Versions
            versions={view.versions.map(({ settings: value, ...version }) => ({ ...version, value }))}
          />
          {isAsked.value && (
            <SetNoticesDialog
              view={view}
              onDone={() => watched.lookNow()}
              onClose={() => (isAsked.value = false)}
            />
          )}
        </>
      )}
    </Shown>
  );
}

function WhoIsTold({
  view: { settings },
  onAsk,
}: {
  readonly view: NoticesView;
  readonly onAsk: () => void;
}): JSX.Element {
  const { targets, routes } = settings;
  return (
    <div class="titled" role="region" aria-label="Who is told">
      <div class="head">
        <h2>Who is told</h2>
        <button type="button" onClick={onAsk}>
          Change…
        </button>
      </div>
      {targets.length === 0 ? (
        <p class="soft">Nobody is told anything yet.</p>
      ) : (
        <>
          <Targets targets={targets} />
          <Routes routes={routes} />
        </>
      )}
      <Terms settings={settings} />
    </div>
  );
}

/** Where notices may go at all, and how long people are left alone. */
function Terms({
  settings: { hosts, remindAfterSeconds, escalateAfterSeconds },
}: Pick<NoticesView, 'settings'>): JSX.Element {
  return (
    <dl class="facts">
      <Fact
        name="Hosts allowed"
        value={hosts.length === 0 ? 'none' : hosts.join(', ')}
        note={hosts.length === 0 ? 'nothing can be sent' : 'notices go nowhere else'}
        isId
      />
      <Fact
        name="Reminds every"
        value={duration(remindAfterSeconds)}
        note="while a rollout waits for a person"
      />
      <Fact name="Escalates after" value={duration(escalateAfterSeconds)} note="once for each wait" />
    </dl>
  );
}

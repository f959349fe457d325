import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useCaller } from './live/caller.ts';
import { here } from './live/here.ts';
import { lazy } from './parts/lazy.tsx';
import { NothingToShow } from './parts/trouble.tsx';
import { links } from './view/place.ts';
import type { Place } from './view/place.ts';

const ScaleSetsPage = lazy(async () => (await import('./pages/scale-sets.tsx')).ScaleSetsPage);
const ScaleSetPage = lazy(async () => (await import('./pages/scale-set.tsx')).ScaleSetPage);
const RolloutPage = lazy(async () => (await import('./pages/rollout.tsx')).RolloutPage);

const RolloutsPage = lazy(async () => (await import('./pages/rollouts.tsx')).RolloutsPage);
const NewRolloutPage = lazy(async () => (await import('./pages/new-rollout.tsx')).NewRolloutPage);
const OnCallPage = lazy(async () => (await import('./pages/on-call.tsx')).OnCallPage);
const SchedulesPage = lazy(async () => (await import('./pages/schedules.tsx')).SchedulesPage);
const MorePages = lazy(async () => (await import('./pages/more.tsx')).MorePages);

const NAVIGATION = [
  [links.scaleSets, 'Scale sets', ['scaleSets', 'scaleSet', 'newRollout']],
  [links.rollouts, 'Rollouts', ['rollouts', 'rollout', 'waits']],
  [links.more('campaigns'), 'Campaigns', ['campaigns']],
  [links.schedules, 'Schedules', ['schedules', 'strategies']],
  [links.onCall, 'On call', ['onCall', 'notices']],
] as const;

/** The frame that every page stands in. */
export function App(): JSX.Element {
  const place = here.value;
  const shown = place.kind === 'more' ? place.page : place.kind;
  useEffect(() => {
    document.title = titleOf(place);
  }, [place]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <nav aria-label="Pages">
          {NAVIGATION.map(([address, text, kinds]) => (
            <a
              key={address}
              href={address}
              aria-current={kinds.some((kind) => kind === shown) ? 'page' : undefined}
            >
              {text}
            </a>
          ))}
          <Who />
        </nav>
      </header>
      <main id="main">
        <Page place={place} />
      </main>
    </>
  );
}

/** Who looks at the page, where that is known. */
function Who(): JSX.Element | null {
  const caller = useCaller();
  if (caller === undefined) return null;
  // The object id behind a name tells people nothing.
  const name = caller.name.replace(/ \([0-9a-f-]{36}\)$/, '');
  return (
    <span class="who">
      {[name, ...(caller.roles.length < 5 ? [caller.roles.join(', ')] : [])].join(' · ')}
    </span>
  );
}

function Page({ place }: { readonly place: Place }): JSX.Element {
  switch (place.kind) {
    case 'scaleSets':
      return <ScaleSetsPage />;
    case 'scaleSet':
      return <ScaleSetPage key={JSON.stringify(place.address)} address={place.address} />;
    case 'rollout':
      return <RolloutPage key={place.id} id={place.id} />;
    case 'rollouts':
      return <RolloutsPage />;
    case 'newRollout':
      return <NewRolloutPage {...place} />;
    case 'more':
      return <MorePages {...place} />;
    case 'onCall':
      return <OnCallPage />;
    case 'schedules':
      return <SchedulesPage key={place.name} name={place.name} />;
    case 'nowhere':
      return <NothingToShow trouble={{ kind: 'missing', message: 'There is no such page.', since: 0 }} />;
  }
}

function titleOf(place: Place): string {
  const name = 'vmss-rollout';
  switch (place.kind) {
    case 'scaleSet':
      return `${place.address.name} · ${name}`;
    case 'rollout':
      return `rollout ${place.id} · ${name}`;
    case 'newRollout':
      return `new rollout · ${name}`;
    case 'rollouts':
      return `rollouts · ${name}`;
    case 'onCall':
      return `on call · ${name}`;
    case 'schedules':
      return `${place.name ?? 'schedules'} · ${name}`;
    case 'more':
      return `${place.name ?? place.page} · ${name}`;
    case 'scaleSets':
    case 'nowhere':
      return name;
  }
}

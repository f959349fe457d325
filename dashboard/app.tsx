import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { here } from './live/here.ts';
import { lazy } from './parts/lazy.tsx';
import { NothingToShow } from './parts/trouble.tsx';
import { links } from './view/place.ts';
import type { Place } from './view/place.ts';

const ScaleSetsPage = lazy(async () => (await import('./pages/scale-sets.tsx')).ScaleSetsPage);
const ScaleSetPage = lazy(async () => (await import('./pages/scale-set.tsx')).ScaleSetPage);
const RolloutPage = lazy(async () => (await import('./pages/rollout.tsx')).RolloutPage);

const NAVIGATION = [[links.scaleSets, 'Scale sets', ['scaleSets', 'scaleSet', 'newRollout']]] as const;

/** The frame that every page stands in. */
export function App(): JSX.Element {
  const place = here.value;
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
              aria-current={kinds.some((kind) => kind === place.kind) ? 'page' : undefined}
            >
              {text}
            </a>
          ))}
        </nav>
      </header>
      <main id="main">
        <Page place={place} />
      </main>
    </>
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
    case 'newRollout':
    case 'onCall':
    case 'nowhere':
      return <NothingToShow trouble={{ kind: 'missing', message: 'There is no such page.', since: 0 }} />;
  }
}

function titleOf(place: Place): string {
  if (place.kind === 'scaleSet') return `${place.address.name} · vmss-rollout`;
  if (place.kind === 'rollout') return `rollout ${place.id} · vmss-rollout`;
  return 'vmss-rollout';
}

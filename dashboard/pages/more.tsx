import type { JSX } from 'preact';
import { lazy } from '../parts/lazy.tsx';
import type { MorePage } from '../view/place.ts';

const CampaignsPage = lazy(async () => (await import('./campaigns.tsx')).CampaignsPage);
const CampaignPage = lazy(async () => (await import('./campaign.tsx')).CampaignPage);
const NewCampaignPage = lazy(async () => (await import('./new-campaign.tsx')).NewCampaignPage);
const StrategiesPage = lazy(async () => (await import('./strategies.tsx')).StrategiesPage);
const WaitsPage = lazy(async () => (await import('./waits.tsx')).WaitsPage);
const NoticesPage = lazy(async () => (await import('./notices.tsx')).NoticesPage);

/** Pages that fewer people open, so that the others need not even know them. */
export function MorePages({
  page,
  name,
}: {
  readonly page: MorePage;
  readonly name: string | undefined;
}): JSX.Element {
  switch (page) {
    case 'campaigns':
      if (name === undefined) return <CampaignsPage />;
      return name === 'new' ? <NewCampaignPage /> : <CampaignPage key={name} id={name} />;
    case 'strategies':
      return <StrategiesPage key={name} name={name} />;
    case 'waits':
      return <WaitsPage />;
    case 'notices':
      return <NoticesPage />;
  }
}

import type { JSX } from 'preact';
import type { NoticesView } from '../../client/types.ts';

type Target = NoticesView['settings']['targets'][number];
type Route = NoticesView['settings']['routes'][number];

const TARGETS: Readonly<Record<Target['kind'], string>> = {
  webhook: 'signed webhook',
  teams: 'Teams',
  slack: 'Slack',
};

/** Where notices can be sent. Secrets are app settings, and stand here by their names. */
export function Targets({ targets }: { readonly targets: readonly Target[] }): JSX.Element {
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Target</th>
          <th scope="col">Kind</th>
          <th scope="col">Address</th>
          <th scope="col">Secret in setting</th>
        </tr>
      </thead>
      <tbody>
        {targets.map(({ name, kind, url, urlFrom, secret }) => (
          <tr key={name}>
            <td class="strong">{name}</td>
            <td data-name="Kind">
              <span>{TARGETS[kind]}</span>
            </td>
            <td class="id" data-name="Address">
              <span>{url ?? '–'}</span>
            </td>
            <td class="id" data-name="Secret">
              <span>{secret ?? urlFrom ?? '–'}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which notices go where; what a route leaves out counts for all. */
export function Routes({ routes }: { readonly routes: readonly Route[] }): JSX.Element {
  if (routes.length === 0) return <p class="soft">No route leads to a target: nobody is told anything.</p>;
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Tells</th>
          <th scope="col">Kinds</th>
          <th scope="col">Only of</th>
        </tr>
      </thead>
      <tbody>
        {routes.map((route, index) => (
          <tr key={index}>
            <td class="strong">{route.targets.join(', ')}</td>
            <td data-name="Kinds">
              <span>{route.kinds?.join(', ') ?? 'all'}</span>
            </td>
            <td class="id" data-name="Only of">
              <span>{onlyOf(route)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function onlyOf({ scopes = [], labels = {} }: Route): string {
  const parts = [...scopes, ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)];
  return parts.length === 0 ? 'all rollouts' : parts.join(', ');
}

import { readFileSync } from 'node:fs';
import type { Access, Grant } from '../../local/simulator/access/check.ts';
import type { ScaleSetSpec } from '../../local/simulator/work/new-scale-set.ts';
import { SUBSCRIPTION } from './names.ts';

/** The roles as they are deployed. */
const ROLES = JSON.parse(
  readFileSync(new URL('../../infra/roles.json', import.meta.url), 'utf8'),
) as Readonly<Record<'look' | 'change' | 'join', { readonly actions: readonly string[] }>>;

const TOKEN = 'of-the-app';

export interface AccessOptions {
  /** Further resource groups that the app may change sets in. */
  readonly groups?: readonly string[];
  /** The one group in which the app has its roles. */
  readonly onlyIn?: string;
  /** An action that is taken out of every role. */
  readonly without?: string;
  readonly onAsked?: Access['onAsked'];
}

/** Every action that the deployed roles grant. */
export const GRANTED = Object.values(ROLES).flatMap(({ actions }) => actions);

/** What the app may do: `look` in the subscription, `change` and `join` in the resource groups of the sets. */
export function appAccess({
  access: { groups: others = [], onlyIn, without, onAsked } = {},
  scaleSets = [],
}: {
  readonly access?: AccessOptions | undefined;
  readonly scaleSets?: readonly Pick<ScaleSetSpec, 'resourceGroup'>[];
}): Access {
  const subscription = `/subscriptions/${SUBSCRIPTION}`;
  const ofSets = scaleSets.map(({ resourceGroup }) => resourceGroup ?? 'rollout');
  const groups = onlyIn === undefined ? new Set(['rollout', ...others, ...ofSets]) : [onlyIn];
  const grant = (role: keyof typeof ROLES, scope: string): Grant => ({
    scope,
    actions: ROLES[role].actions.filter((action) => action !== without),
  });
  return {
    token: TOKEN,
    grants: [
      grant('look', subscription),
      ...[...groups].flatMap((group) => {
        const scope = `${subscription}/resourceGroups/${group}`;
        return [grant('change', scope), grant('join', scope)];
      }),
    ],
    ...(onAsked && { onAsked }),
  };
}

/** What the app's requests carry on Azure, where its identity's token says who it is. */
export const AS_APP = { authorization: `Bearer ${TOKEN}` };

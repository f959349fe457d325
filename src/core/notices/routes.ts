import { isWithin } from '../access/area.ts';
import type { NoticeKind } from './notice.ts';
import type { NoticeSettings, Route } from './settings.ts';

/** What a notice is about, as routes know it: a rollout has one scale set, a campaign many. */
export interface About {
  readonly scaleSets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Names of the targets that are told this; each once, however many routes lead there. */
export function targetsOf({ routes }: NoticeSettings, about: About, kind: NoticeKind): readonly string[] {
  const leads = ({ scopes, labels = {}, kinds }: Route): boolean =>
    (scopes === undefined || about.scaleSets.some((scaleSet) => isWithin(scaleSet, scopes))) &&
    (kinds === undefined || kinds.includes(kind)) &&
    Object.entries(labels).every(([label, value]) => about.labels[label] === value);
  return [...new Set(routes.filter(leads).flatMap(({ targets }) => targets))];
}

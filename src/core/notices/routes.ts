import { isWithin } from '../access/area.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import type { NoticeKind } from './notice.ts';
import type { NoticeSettings, Route } from './settings.ts';

/** Names of the targets that are told this of a rollout; each once, however many routes lead there. */
export function targetsOf(
  { routes }: NoticeSettings,
  { scaleSet, spec }: Pick<RolloutRecord, 'scaleSet' | 'spec'>,
  kind: NoticeKind,
): readonly string[] {
  const leads = ({ scopes, labels = {}, kinds }: Route): boolean =>
    (scopes === undefined || isWithin(scaleSet, scopes)) &&
    (kinds === undefined || kinds.includes(kind)) &&
    Object.entries(labels).every(([label, value]) => spec.labels?.[label] === value);
  return [...new Set(routes.filter(leads).flatMap(({ targets }) => targets))];
}

import type { Policy } from '../api/switches.ts';
import { fields } from './table.ts';
import { plain } from './text.ts';
import { switches as words } from '../messages/explain.ts';

/** Each rule with what it wants, in the words of the document. */
export function policyText({ policy: { allowedScopes, allowedTags, rules } }: Policy): string {
  const allowed = areaText(allowedScopes, allowedTags);
  const where = allowed === '' ? words.everywhere : words.allowedIn(allowed);
  const told = (rules ?? []).map(({ name, scopes, tags, ...wants }) =>
    fields([
      ['rule', name],
      ['for', areaText(scopes, tags)],
      ...Object.entries(wants).map(([what, value]) => [what, String(value)] as const),
    ]),
  );
  return [`${plain(where)}\n`, ...(told.length === 0 ? [`${words.noRules}\n`] : told)].join('\n');
}

/** Scopes and tags, such as "/subscriptions/…; environment=production|staging". */
function areaText(
  scopes: readonly string[] | null | undefined,
  tags: Readonly<Record<string, readonly string[]>> | null | undefined,
): string {
  const marks = Object.entries(tags ?? {}).map(([name, values]) => `${name}=${values.join('|')}`);
  return [...((scopes ?? []).length > 0 ? [(scopes ?? []).join(', ')] : []), ...marks].join('; ');
}

import type { Policy } from '../api/switches.ts';
import { fields } from './table.ts';
import { plain } from './text.ts';
import { switches as words } from '../messages/explain.ts';

/** Each rule with what it wants, in the words of the document. */
export function policyText({ policy: { allowedScopes, rules } }: Policy): string {
  const where =
    allowedScopes === null || allowedScopes === undefined ? words.everywhere : words.allowedIn(allowedScopes);
  const told = (rules ?? []).map(({ name, scopes, ...wants }) =>
    fields([
      ['rule', name],
      ['for', scopes.join(', ')],
      ...Object.entries(wants).map(([what, value]) => [what, String(value)] as const),
    ]),
  );
  return [`${plain(where)}\n`, ...(told.length === 0 ? [`${words.noRules}\n`] : told)].join('\n');
}

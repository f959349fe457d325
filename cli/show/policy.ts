import type { Policy } from '../api/switches.ts';
import { fields } from './table.ts';
import { plain } from './text.ts';

/** Each rule with what it wants, in the words of the document. */
export function policyText({ policy: { allowedScopes, rules } }: Policy): string {
  const where =
    allowedScopes === null || allowedScopes === undefined
      ? 'rollouts are allowed everywhere'
      : `rollouts are allowed in ${allowedScopes.join(', ')}`;
  const told = (rules ?? []).map(({ name, scopes, ...wants }) =>
    fields([
      ['rule', name],
      ['for', scopes.join(', ')],
      ...Object.entries(wants).map(([what, value]) => [what, String(value)] as const),
    ]),
  );
  return [`${plain(where)}\n`, ...(told.length === 0 ? ['no rules\n'] : told)].join('\n');
}

import { z } from 'zod';
import { ROLES } from '../access/caller.ts';
import type { Caller, Grant } from '../access/caller.ts';
import { maybe, text, texts } from '../model/schemas.ts';

const grant = z.strictObject({
  role: z.enum(ROLES),
  scopes: maybe(texts),
  tags: maybe(z.record(text, z.array(text).readonly())),
});

/** Whoever started a campaign, with what they might do then: its rollouts begin by that. */
export const starter = z.strictObject({
  kind: z.enum(['user', 'application']),
  roles: z.array(z.enum(ROLES)),
  grants: maybe(z.array(grant)),
});
type Starter = z.infer<typeof starter>;

export function starterFrom({ kind, roles, grants }: Caller): Starter {
  return {
    kind,
    roles: [...roles],
    ...(grants !== undefined && { grants: grants.map((one) => kept(one)) }),
  };
}

function kept({ role, scopes, tags }: Grant): z.infer<typeof grant> {
  return {
    role,
    ...(scopes !== undefined && { scopes: [...scopes] }),
    ...(tags !== undefined && { tags: { ...tags } }),
  };
}

/** Whoever started it, as they were then. */
export function starterOf({
  requestedBy: name,
  starter: known,
  byAdmin,
}: {
  readonly requestedBy: string;
  readonly starter?: Starter;
  readonly byAdmin?: true;
}): Caller {
  return { name, ...(known ?? { kind: 'user', roles: byAdmin === true ? ROLES : ['operator'] }) };
}

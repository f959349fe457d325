import { z } from 'zod';
import { compareVersions } from '../core/model/versions.ts';

const Versions = z.array(z.object({ name: z.string() }));

/** Names of a platform image's versions, newest first; `undefined` for a body of another shape. */
export function readImageVersions(body: unknown): readonly string[] | undefined {
  const parsed = Versions.safeParse(body);
  return parsed.success
    ? parsed.data.map(({ name }) => name).sort((a, b) => compareVersions(b, a))
    : undefined;
}

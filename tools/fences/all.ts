import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OF_ACTIONS } from './actions.ts';
import { OF_CAMPAIGNS } from './campaigns.ts';
import { COURSE } from './course.ts';
import { EVIDENCE } from './evidence.ts';
import { tagsIn } from './fence.ts';
import type { Fence, FencedBy, Tag } from './fence.ts';
import { INSTANCES } from './instances.ts';
import { KEPT } from './kept.ts';
import { MODEL } from './model.ts';
import { OF_NOTICES } from './notices.ts';
import { ROOM } from './room.ts';
import { TIME } from './time.ts';
import { VERSIONS } from './versions.ts';
import { WRITES } from './writes.ts';

const SRC = join(import.meta.dirname, '../../src');

/** The test of each fence. */
export const FENCED_BY: readonly FencedBy[] = [
  ...ROOM,
  ...WRITES,
  ...EVIDENCE,
  ...INSTANCES,
  ...MODEL,
  ...COURSE,
  ...TIME,
  ...VERSIONS,
  ...KEPT,
  ...OF_ACTIONS,
  ...OF_NOTICES,
  ...OF_CAMPAIGNS,
];

/** Every tag in the source. */
export const TAGS: readonly Tag[] = globSync('**/*.ts', { cwd: SRC })
  .sort()
  .flatMap((file) => tagsIn(readFileSync(join(SRC, file), 'utf8'), file));

/** Every fence that is taken out, one at a time; throws for a test whose fence is not in the source. */
export const FENCES: readonly Fence[] = FENCED_BY.map((by) => {
  const tag = TAGS.find(({ name }) => name === by.name);
  if (tag === undefined) throw new Error(`no tag in src/ says "${by.name}"`);
  return { ...by, ...tag };
});

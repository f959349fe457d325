import { COURSE } from './course.ts';
import { EVIDENCE } from './evidence.ts';
import type { Fence } from './fence.ts';
import { INSTANCES } from './instances.ts';
import { MODEL } from './model.ts';
import { ROOM } from './room.ts';
import { TIME } from './time.ts';
import { VERSIONS } from './versions.ts';
import { WRITES } from './writes.ts';

/** Every fence that is taken out, one at a time. */
export const FENCES: readonly Fence[] = [
  ...ROOM,
  ...WRITES,
  ...EVIDENCE,
  ...INSTANCES,
  ...MODEL,
  ...COURSE,
  ...TIME,
  ...VERSIONS,
];

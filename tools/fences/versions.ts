import type { FencedBy } from './fence.ts';

/** I18 and I24: workflows that are replayed, by this build and by others. */
export const VERSIONS: readonly FencedBy[] = [
  {
    name: "a wait begins at the workflow's time, not at the machine's",
    find: 'durable.currentUtcDateTime.getTime()',
    without: 'Date.now()',
    test: ['replay/replay.test.ts', 'of forward, version 2, is gone on with as it was'],
  },
  {
    name: 'a generation of a newer build is not followed',
    find: 'if (found <= RUNBOOK_VERSION) return found;',
    without: 'return found;',
    test: ['replay/replay.test.ts', 'a generation that a newer build began'],
  },
];

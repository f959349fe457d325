import { readFileSync } from 'node:fs';

export type Cell = 'yes' | 'own' | 'no';

/** The columns of the table in docs/SECURITY.md; the last one is for whoever has no role. */
export const COLUMNS = ['viewer', 'requester', 'approver', 'operator', 'admin', ''] as const;

/** The table that people read is the one that the app is held to. */
export const RIGHTS_TABLE: readonly (readonly [act: string, cells: readonly string[]])[] = readFileSync(
  'docs/SECURITY.md',
  'utf8',
)
  .split('\n')
  .flatMap((line) => {
    const [, act, cells] = /^\| `(\w+)`[^|]*\|(.*)\|$/.exec(line) ?? [];
    if (act === undefined || cells === undefined) return [];
    return [[act, cells.split('|').map((cell) => cell.trim())] as const];
  });

/** Every act and role, and whether they go together. */
export const RIGHTS_CELLS = RIGHTS_TABLE.flatMap(([act, cells]) =>
  COLUMNS.map((role, index) => ({ act, role, cell: cells[index] as Cell })),
);

/** What each command needs to be right. */
export const COMMAND_BODIES: Readonly<Record<string, object>> = {
  pause: {},
  resume: {},
  approve: {},
  reject: {},
  rollback: {},
  abort: {},
  retry: {},
  skip: { batch: 0 },
  quarantine: { instances: ['0'] },
};

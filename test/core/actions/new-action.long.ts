import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StepDefinition } from '../../../src/activities/define-step.ts';
import type { Compute } from '../../../src/azure/port.ts';
import type { readSpec as readSpecNow } from '../../../src/core/spec/spec.ts';
import type { readRecords as readRecordsNow } from '../../../src/store/records.ts';
import { createFetchClient } from '../../lab/fetch-client.ts';
import { changeRecord } from '../../activities/support/interference.ts';
import { DESK_ROLLOUT, openDesk } from '../../lab/desk.ts';
import type { Desk } from '../../lab/desk.ts';
import { WEB } from '../../lab/names.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The project as it would be with one more action. */
const COPY = join(ROOT, '.local/new-action');

/** What somebody writes who adds an action: this file... */
const FILE = `import type { Action } from './action.ts';
import { isProvisionedSince } from './provisioned.ts';

/** Has Azure do its planned maintenance now, while somebody looks. */
export const performMaintenance = {
  path: '/performMaintenance',
  takesDown: 'always',
  shows: isProvisionedSince,
  proof: 'itself',
  newDisk: 'never',
  whileOff: 'cannot',
  undoneBy: 'person',
  byHand: 'perform-maintenance',
  work: () => ({ seconds: 120, spread: 30 }),
  forced: 'restart',
} as const satisfies Action;
`;

/** ...and its line in the table, with the import that it takes. */
function withLine(table: string): string {
  return table
    .replace(
      '\nimport { dataDisks',
      "\nimport { performMaintenance } from './perform-maintenance.ts';\nimport { dataDisks",
    )
    .replace('\n  upgrade,\n', '\n  upgrade,\n  performMaintenance,\n');
}

beforeAll(() => {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  for (const path of ['src', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, path), join(COPY, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(COPY, 'node_modules'));
  const actions = join(COPY, 'src/core/actions');
  writeFileSync(join(actions, 'perform-maintenance.ts'), FILE);
  const table = join(actions, 'table.ts');
  writeFileSync(table, withLine(readFileSync(table, 'utf8')));
});

afterAll(() => rmSync(COPY, { recursive: true, force: true }));

async function fromCopy<T>(path: string): Promise<T> {
  return (await import(join(COPY, 'src', path))) as T;
}

async function stepOf(name: string, file: string): Promise<StepDefinition> {
  return (await fromCopy<Record<string, StepDefinition>>(`activities/steps/${file}.ts`))[
    name
  ] as StepDefinition;
}

/** The service, which knows the action: to an instance it is a restart. */
function maintaining(desk: Desk, asked: string[]) {
  return createFetchClient((request) => {
    if (!request.url.includes('/performMaintenance')) return desk.sim.fetch(request);
    asked.push(request.method);
    return desk.sim.fetch(new Request(request.url.replace('/performMaintenance', '/restart'), request));
  });
}

it('is all that one more action takes: it is accepted, planned, sent and waited for', async () => {
  const { readSpec } = await fromCopy<{ readSpec: typeof readSpecNow }>('core/spec/spec.ts');
  const read = readSpec({ scaleSet: WEB, change: { force: 'performMaintenance' } });
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.errors));
  const desk = await openDesk({ change: { force: 'restart' } });
  await changeRecord(desk, { spec: read.spec });
  const { createCompute } = await fromCopy<{ createCompute: (settings: object) => Compute }>('azure/arm.ts');
  const asked: string[] = [];
  const httpClient = maintaining(desk, asked);
  const compute = createCompute({ endpoint: 'http://127.0.0.1', clock: desk.ports.clock, httpClient });
  Object.assign(desk.ports, { compute });
  for (const [name, file] of [
    ['planRollout', 'plan-rollout'],
    ['openGate', 'open-gate'],
    ['applyModel', 'apply-model'],
    ['upgradeBatch', 'upgrade-batch'],
    ['settleBatch', 'settle-batch'],
  ] as const)
    expect(await desk.until(await stepOf(name, file), 0, 'forward'), name).toMatchObject({ kind: 'done' });
  expect(asked).toEqual(['POST']);
  const { readRecords } = await fromCopy<{ readRecords: typeof readRecordsNow }>('store/records.ts');
  const records = await readRecords(desk.store, DESK_ROLLOUT);
  expect(records?.record.counts).toMatchObject({ total: 15, upgraded: 3, pending: 12 });
});

it('compiles, with nothing else to be added anywhere', () => {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', COPY], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
}, 180_000);

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WRITING } from '../../tools/lint/writes.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

let planted = '';

beforeEach(() => {
  planted = mkdtempSync(join(tmpdir(), 'lint-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(planted, '.oxlintrc.json'));
  cpSync(join(ROOT, 'tools/lint'), join(planted, 'tools/lint'), { recursive: true });
});

afterEach(() => rmSync(planted, { recursive: true }));

/** What the project's own rules say of these files of a house, rule by rule. */
function rulesBrokenBy(files: Readonly<Record<string, string>>, house = 'src'): readonly string[] {
  for (const [path, source] of Object.entries(files)) {
    const file = join(planted, house, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format', 'json', house], {
    cwd: planted,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string }[] };
  return [...new Set(diagnostics.map(({ code }) => code))];
}

const MODEL = "export interface Model { readonly name: string }\nexport const NONE: Model = { name: '' };\n";

describe('the floors of src/', () => {
  it('let a room import what is below it, and its own', () => {
    const files = {
      'core/model/model.ts': MODEL,
      'core/model/other.ts': "import type { Model } from './model.ts';\nexport type Other = Model;\n",
      'core/plan/plan.ts': "import type { Model } from '../model/model.ts';\nexport type Plan = Model;\n",
    };
    expect(rulesBrokenBy(files)).toEqual([]);
  });

  it.each([
    ['a value', "import { PLAN } from '../plan/plan.ts';\nexport const MINE = PLAN;\n"],
    ['a type', "import type { Plan } from '../plan/plan.ts';\nexport type Mine = Plan;\n"],
    ['an export', "export { PLAN } from '../plan/plan.ts';\n"],
  ])('refuse %s of a room above', (_, source) => {
    const plan = 'export interface Plan { readonly hash: string }\nexport const PLAN: Plan = { hash: "" };\n';
    expect(rulesBrokenBy({ 'core/plan/plan.ts': plan, 'core/model/model.ts': source })).toEqual([
      'rollout(floors)',
    ]);
  });

  it('refuse a room on the same floor', () => {
    const files = {
      'azure/port.ts': MODEL,
      'store/port.ts': "import type { Model } from '../azure/port.ts';\nexport type Mine = Model;\n",
    };
    expect(rulesBrokenBy(files)).toContain('rollout(floors)');
  });

  const ROOMS = ['store', 'activities/looks', 'activities/writes', 'activities/steps'];
  const using = (room: string, user: string) => ({
    [`${room}/model.ts`]: MODEL,
    [`${user}/mine.ts`]: `import type { Model } from '../${room}/model.ts';\nexport type Mine = Model;\n`,
  });

  it.each(ROOMS)('keep functions from %s', (room) => {
    expect(rulesBrokenBy(using(room, 'functions'))).toEqual(['rollout(floors)']);
  });

  it.each(ROOMS)('let operations use %s', (room) => {
    expect(rulesBrokenBy(using(room, 'operations'))).toEqual([]);
  });

  it('refuse a file that stands in no room', () => {
    expect(rulesBrokenBy({ 'core/model.ts': MODEL })).toEqual(['rollout(floors)']);
  });
});

describe('the floors of local/host/', () => {
  const OPENS = 'export const open = (): string => "";\n';
  const USES = "import { open } from '../hub/engine.ts';\nexport const opened = open();\n";

  it('let the drivers use the hub', () => {
    expect(rulesBrokenBy({ 'hub/engine.ts': OPENS, 'drivers/real.ts': USES }, 'local/host')).toEqual([]);
  });

  it.each(['worker/load.ts', 'checks/strict.ts', 'store/memory.ts', 'triggers/timer.ts'])(
    'keep %s from the hub',
    (file) => {
      const broken = rulesBrokenBy({ 'hub/engine.ts': OPENS, [file]: USES }, 'local/host');
      expect(broken).toEqual(['rollout(floors)']);
    },
  );

  it('refuse a file that stands in no room', () => {
    expect(rulesBrokenBy({ 'engine.ts': OPENS }, 'local/host')).toEqual(['rollout(floors)']);
  });
});

describe('the floors of local/simulator/', () => {
  const STATE = 'export const state = (): string => "";\n';
  const USES = "import { state } from '../work/upgrade.ts';\nexport const seen = state();\n";

  it('let a handler ask for work, and keep what is stored from it', () => {
    const files = { 'work/upgrade.ts': STATE, 'handlers/manual-upgrade.ts': USES };
    expect(rulesBrokenBy(files, 'local/simulator')).toEqual([]);
    expect(rulesBrokenBy({ 'store/instance.ts': USES }, 'local/simulator')).toEqual(['rollout(floors)']);
  });

  it('refuse a file that stands in no room', () => {
    expect(rulesBrokenBy({ 'upgrade.ts': STATE }, 'local/simulator')).toEqual(['rollout(floors)']);
  });
});

describe('circles', () => {
  it('are refused, those of types alone included', () => {
    const files = {
      'core/model/a.ts': "import type { B } from './b.ts';\nexport interface A { readonly b: B }\n",
      'core/model/b.ts': "import type { A } from './a.ts';\nexport interface B { readonly a?: A }\n",
    };
    expect(rulesBrokenBy(files)).toEqual(['import(no-cycle)']);
    const inHost = Object.fromEntries(
      Object.entries(files).map(([path, source]) => [path.replace('core/model', 'hub'), source]),
    );
    expect(rulesBrokenBy(inHost, 'local/host')).toEqual(['import(no-cycle)']);
  });
});

describe('a function', () => {
  const ofLines = (lines: number): string =>
    `export function count(): number {\n  let n = 0;\n${'  n += 1;\n'.repeat(lines - 4)}  return n;\n}\n`;

  it.each([
    ['src/core/run', 40, []],
    ['src/core/run', 41, ['eslint(max-lines-per-function)']],
    ['dashboard/view', 40, []],
    ['dashboard/view', 41, ['eslint(max-lines-per-function)']],
    ['cli/show', 41, ['eslint(max-lines-per-function)']],
    ['local/platform', 41, ['eslint(max-lines-per-function)']],
    ['tools/package', 41, ['eslint(max-lines-per-function)']],
  ])('of %s with %i lines breaks %j', (folder, lines, broken) => {
    expect(ofLines(lines).trimEnd().split('\n')).toHaveLength(lines);
    const [house = '', ...room] = folder.split('/');
    expect(rulesBrokenBy({ [`${room.join('/')}/count.ts`]: ofLines(lines) }, house)).toEqual(broken);
  });
});

describe('what people read', () => {
  const SAYS = "export const WHY = 'the scale set is gone';\n";

  it.each([
    ['core/messages/waits.ts', SAYS],
    ['core/run/wait.ts', "export const KEY = 'update-domain.0';\n"],
    [
      'core/run/wait.ts',
      'export function fail(id: string): never {\n  throw new Error(`there is no ${id}`);\n}\n',
    ],
  ])('may stand in %s', (file, source) => {
    expect(rulesBrokenBy({ [file]: source })).toEqual([]);
  });

  it.each([
    ['core/run/wait.ts', SAYS],
    ['activities/steps/wait.ts', 'export const why = (id: string): string => `waiting for ${id} to end`;\n'],
    ['functions/wait.ts', "export const REMEDY = { remedy: 'try again' };\n"],
  ])('is refused outside the catalogue: %s', (file, source) => {
    expect(rulesBrokenBy({ [file]: source })).toEqual(['rollout(sentences)']);
  });

  it.each([
    ['messages/usage.ts', SAYS],
    ['commands/say.ts', "export const say = { summary: 'say that the scale set is gone' };\n"],
    ['commands/say.ts', "export const say = (command) => command.option('--say', 'say that it is gone');\n"],
    ['commands/say.ts', "export const SHAPE = { key: 'update-domain.0' };\n"],
  ])('of the command line may stand in %s', (file, source) => {
    expect(rulesBrokenBy({ [file]: source }, 'cli')).toEqual([]);
  });

  it.each([
    ['show/say.ts', SAYS],
    ['commands/say.ts', "export const fail = () => {\n  throw new Error('the scale set is gone');\n};\n"],
  ])('of the command line is refused outside its catalogue: %s', (file, source) => {
    expect(rulesBrokenBy({ [file]: source }, 'cli')).toEqual(['rollout(sentences)']);
  });
});

describe('writes to Azure', () => {
  const SENDS = 'export const send = (compute, pass) => compute.writing(pass);\n';

  it.each(['activities/writes/send.ts', 'azure/send.ts'])('may stand in %s', (file) => {
    expect(rulesBrokenBy({ [file]: SENDS })).toEqual([]);
  });

  it.each([
    ['activities/steps/send.ts', SENDS],
    ['activities/looks/send.ts', "export const send = (compute, pass) => compute['writing'](pass);\n"],
    ['functions/send.ts', 'export const send = ({ writing }, pass) => writing(pass);\n'],
    ['operations/send.ts', "export const send = (writes, id) => writes.act(id, 'restart', ['0']);\n"],
  ])('are refused in %s: %s', (file, source) => {
    expect(rulesBrokenBy({ [file]: source })).toEqual(['rollout(writes)']);
  });

  it('are all known to the rule', () => {
    const port = readFileSync(join(ROOT, 'src/azure/port.ts'), 'utf8');
    const [, body = ''] = /interface ComputeWrites \{([\s\S]*?)\n\}/.exec(port) ?? [];
    const names = [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(WRITING)).toEqual(new Set(['writing', ...names]));
  });
});

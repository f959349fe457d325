import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../cli/context.ts';
import { writeCliPackage } from '../../tools/package-cli.ts';
import type { Lab } from '../lab/lab.ts';
import { PACE, spend } from './every-command.ts';
import { startScriptedApp, type Reply } from './scripted-app.ts';
import { spawnedBy, type Spawned } from '../package/spawned.ts';
import { tidied } from './tidied.ts';

const HAS_SCRIPT = spawnSync('script', ['--version']).status === 0;
if (!HAS_SCRIPT) console.log('skipped: there is no script(1) on this machine to make a pseudo terminal');

const CLOCK = new URL('virtual-clock.ts', import.meta.url).href;

/** The command as it is installed, which starts faster than its sources. */
const installed = folder();
const BIN = join(installed, 'bin', 'vmss-rollout.js');

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'every-command-'));
}

beforeAll(() => writeCliPackage(installed));

// Feature [For a bad night] All that each command writes, at terminals of 80 and 120 columns and at none (CLI)
//   shown by: every command > writes what it always wrote, without a terminal
describe('every command', () => {
  it('writes what it always wrote, without a terminal', async () => {
    const files = folder();
    const tapes = new Map<string, Recorded>();
    const night = await spend({ folder: files, more: (lab, line) => recording(lab, tapes, line) });
    await expect(tidied(night, files)).toMatchFileSnapshot('screens/no-terminal.txt');
    for (const { line, words, code, out, err } of night) {
      const installedOne = await withoutTerminal(words, recordedOf(tapes, line));
      expect(installedOne, line).toEqual({ code, out, err });
    }
    for (const { line, code, out, err } of night) {
      // What was asked for is data; what went wrong, and what was done, is for the person.
      if (/^error: /m.test(err)) expect({ code, out }, line).toEqual({ code: expect.any(Number), out: '' });
      expect(out, line).not.toMatch(/^(?:error:|✓)/m);
      expect(err.match(/^error: /gm)?.length ?? 0, line).toBeLessThan(2);
    }
  });

  it.skipIf(!HAS_SCRIPT).each([80, 120])(
    'writes the same to a pseudo terminal of %i columns as its picture',
    async (columns) => {
      const files = folder();
      const tapes = new Map<string, Recorded>();
      const terminal = { columns, rows: 30, colour: true };
      const more = (lab: Lab, line: string): Partial<Context> => recording(lab, tapes, line);
      const night = await spend({ folder: files, terminal, more });
      await expect(tidied(night, files)).toMatchFileSnapshot(`screens/${columns}-columns.txt`);
      for (const shown of night) {
        const recorded = recordedOf(tapes, shown.line);
        const { code, out } = await onPseudoTerminal(shown.words, { columns, recorded });
        expect({ code, out }, shown.line).toEqual({ code: shown.code, out: shown.all });
      }
    },
  );
});

/** What the app answered to each request of a command, in order. */
type Tape = Record<string, Reply[]>;

interface Recorded {
  readonly tape: Tape;
  /** How late it was when the command began. */
  readonly at: number;
}

function recording(lab: Lab, tapes: Map<string, Recorded>, line: string): Partial<Context> {
  const tape: Tape = {};
  tapes.set(line, { tape, at: lab.host.clock.now() });
  return {
    http: {
      baseUrl: 'http://app',
      async fetch(input, init) {
        const response = await lab.host.request(new Request(input, init));
        const { pathname, search } = new URL(input);
        const body: unknown = response.status === 304 ? undefined : await response.clone().json();
        const key = `${init.method ?? 'GET'} ${pathname}${search}`;
        tape[key] = [...(tape[key] ?? []), { status: response.status, body, headers: headersOf(response) }];
        return response;
      },
    },
  };
}

function recordedOf(tapes: ReadonlyMap<string, Recorded>, line: string): Recorded {
  const recorded = tapes.get(line);
  if (recorded === undefined) throw new Error(`${line} was not recorded`);
  return recorded;
}

/** What the app and the clock say to the installed command. */
function surroundings({ at }: Recorded, url: string, pace: number): Record<string, string> {
  return {
    BROWSER: 'true',
    DISPLAY: '',
    VMSS_ROLLOUT_URL: url,
    NODE_OPTIONS: `--import=${CLOCK}`,
    CLOCK_AT: String(at),
    CLOCK_PACE: String(pace),
  };
}

/** The installed command whose output nobody sees, against an app that answers as the recorded one did. */
async function withoutTerminal(words: readonly string[], recorded: Recorded): Promise<Spawned> {
  await using app = await startScriptedApp(recorded.tape);
  const { code, out, err } = await spawnedBy(
    process.execPath,
    [BIN, ...words],
    surroundings(recorded, app.url, 1000),
  );
  const named = (text: string) => text.replaceAll(app.url, 'http://app');
  return { code, out: named(out), err: named(err) };
}

function headersOf({ headers }: Response): Record<string, string> {
  const told = ['etag', 'retry-after', 'location'].map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(told.filter((pair): pair is readonly [string, string] => pair[1] !== null));
}

/** The installed command on a terminal of the system, against an app that answers as the recorded one did. */
async function onPseudoTerminal(
  typedWords: readonly string[],
  { columns, recorded }: { readonly columns: number; readonly recorded: Recorded },
): Promise<{ readonly code: number | null; readonly out: string }> {
  await using app = await startScriptedApp(recorded.tape);
  const words = [process.execPath, BIN, ...typedWords].map((word) => `'${word}'`).join(' ');
  const typed = spawn(
    'script',
    ['-qe', '-E', 'never', '-c', `stty cols ${columns} rows 30; exec ${words}`, '/dev/null'],
    {
      env: {
        ...process.env,
        TERM: 'xterm',
        NO_COLOR: '',
        ...surroundings(recorded, app.url, PACE),
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let out = '';
  typed.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  typed.stdin.write('y\n');
  const [code] = (await once(typed, 'close')) as [number | null];
  return { code, out: out.replaceAll('\r\n', '\n').replaceAll(app.url, 'http://app') };
}

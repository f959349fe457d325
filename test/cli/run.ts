import type { Context, Terminal } from '../../cli/context.ts';
import { runCli } from '../../cli/program.ts';
import { startScriptedApp, type Script, type SeenRequest } from './scripted-app.ts';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly terminal?: Terminal;
  readonly stdin?: string;
  /** What the person at the terminal answers when asked; nobody is there when absent. */
  readonly answer?: string;
  /** Presses Ctrl-C when the CLI has slept this many times. */
  readonly interruptAtSleep?: number;
  readonly baseUrl?: string;
  readonly key?: string;
}

export interface FullRun extends Run {
  readonly requests: readonly SeenRequest[];
  /** The pauses it made, in seconds. */
  readonly slept: readonly number[];
}

/** One command line against a scripted function app, in time that passes only when the CLI sleeps. */
export async function runAgainst(
  script: Script,
  argv: readonly string[],
  { terminal, stdin = '', answer, interruptAtSleep, baseUrl, key }: Surroundings = {},
): Promise<FullRun> {
  await using app = await startScriptedApp(script);
  const written = { out: '', err: '' };
  const slept: number[] = [];
  const ctrlC = new AbortController();
  let now = 0;
  const context: Context = {
    http: { baseUrl: baseUrl ?? app.url, key, fetch },
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    env: {},
    clock: {
      now: () => now,
      sleep: async (seconds) => {
        slept.push(seconds);
        now += seconds * 1000;
        if (slept.length === interruptAtSleep) ctrlC.abort();
      },
    },
    terminal,
    readStdin: async () => stdin,
    ask:
      answer === undefined
        ? undefined
        : async (question) => {
            written.err += `${question}\n`;
            return answer;
          },
    randomId: () => 'random-key',
    interrupted: ctrlC.signal,
  };
  const code = await runCli(argv, context);
  const hidePort = (text: string) => text.replaceAll(app.url, 'http://app');
  return {
    code,
    out: hidePort(written.out),
    err: hidePort(written.err),
    requests: app.requests,
    slept,
  };
}

/** What the user sees of it. */
export async function seenOf(
  script: Script,
  argv: readonly string[],
  around: Surroundings = {},
): Promise<string> {
  const { code, out, err } = await runAgainst(script, argv, around);
  return `exit ${code}\n--- stdout\n${out}--- stderr\n${err}`;
}

import type { Context } from '../../cli/context.ts';
import { runCli } from '../../cli/program.ts';
import type { Lab } from '../lab/lab.ts';

/** A command line against the whole product in virtual time: time passes while the command line sleeps. */
export async function typed(lab: Lab, argv: readonly string[]): Promise<string> {
  const written: string[] = [];
  const context: Context = {
    http: {
      baseUrl: 'http://app',
      key: undefined,
      fetch: (input, init) => lab.host.request(new Request(input, init)),
    },
    out: (text) => void written.push(text),
    err: (text) => void written.push(text),
    env: {},
    clock: {
      now: () => lab.host.clock.now(),
      sleep: async (seconds) => lab.host.advance(seconds * 1000),
    },
    terminal: undefined,
    readStdin: async () => '',
    ask: undefined,
    randomId: () => 'key',
    interrupted: new AbortController().signal,
  };
  const code = await runCli(argv, context);
  return `${written.join('')}${code === 0 ? '' : `exit code ${code}\n`}`;
}

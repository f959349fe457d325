import type { Context } from '../../cli/context.ts';
import { runCli } from '../../cli/program.ts';
import type { Lab } from '../lab/lab.ts';

export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Both, as they came. */
  readonly all: string;
}

/**
 * A command line against the whole product in virtual time: time passes while the command line sleeps. With an answer
 * somebody sits there who gives it.
 */
export async function typedIn(
  lab: Lab,
  argv: readonly string[],
  { answer, ...more }: Partial<Context> & { readonly answer?: string } = {},
): Promise<Typed> {
  const written = { out: '', err: '', all: '' };
  const write = (to: 'out' | 'err') => (text: string) => {
    written[to] += text;
    written.all += text;
  };
  const context: Context = {
    http: {
      baseUrl: 'http://app',
      key: undefined,
      fetch: (input, init) => lab.host.request(new Request(input, init)),
    },
    out: write('out'),
    err: write('err'),
    env: {},
    clock: {
      now: () => lab.host.clock.now(),
      sleep: async (seconds) => lab.host.advance(seconds * 1000),
    },
    terminal: undefined,
    readStdin: async () => '',
    ask:
      answer === undefined
        ? undefined
        : async (question) => {
            write('err')(question);
            return answer;
          },
    randomId: () => `key-${(asked += 1)}`,
    interrupted: new AbortController().signal,
    ...more,
  };
  return { code: await runCli(argv, context), ...written };
}

let asked = 0;

/** All that is seen of it. */
export async function typed(lab: Lab, argv: readonly string[]): Promise<string> {
  const { all, code } = await typedIn(lab, argv);
  return `${all}${code === 0 ? '' : `exit code ${code}\n`}`;
}

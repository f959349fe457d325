import type { WriteStream } from 'node:tty';
import type { Terminal } from './context.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The terminal behind a stream, if there is one whose cursor can be moved. */
export function terminalOf(
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'rows'>,
  env: Environment,
): Terminal | undefined {
  if (!stream.isTTY || env['TERM'] === 'dumb') return undefined;
  return {
    // A terminal that does not say how large it is says 0.
    get columns() {
      return stream.columns || 80;
    },
    get rows() {
      return stream.rows || 24;
    },
    // https://no-color.org: any text but the empty one asks for none.
    colour: (env['NO_COLOR'] ?? '') === '',
  };
}

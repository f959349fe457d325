import type { LogSink } from './core/types.ts';

/** Query strings of the management API carry keys, so they never reach a log. */
const SECRETS = /\/(?:runtime\/webhooks\/)?durabletask\/\S*|\b(?:code|sig)=[^&\s"']+/gi;

/** Writes one line per message; line breaks inside are folded. */
export function lineLog(write: (line: string) => void, now: () => Date): LogSink {
  return (level, message) => {
    const text = message.replaceAll(/\s*\n\s*/g, ' | ').replaceAll(SECRETS, '[hidden]');
    write(`${now().toISOString()} ${level} ${text}\n`);
  };
}

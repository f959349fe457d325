import { LOG_LEVELS, type LogLevel } from './app/host-json.ts';
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

/** Lets through what is at least as important as host.json says. */
export function atLeast(lowest: LogLevel, sink: LogSink): LogSink {
  const rank = (level: string): number => LOG_LEVELS.findIndex((known) => known === level.toLowerCase());
  return (level, message) => {
    if (rank(level) === -1 || rank(level) >= rank(lowest)) sink(level, message);
  };
}

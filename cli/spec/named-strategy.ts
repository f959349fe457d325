import { InvalidArgumentError, type Command } from 'commander';
import { usage } from '../messages/usage.ts';

export interface NamedStrategy {
  readonly name: string;
  readonly version?: number;
}

/** Adds it to the group that the command is at. */
export function addNamedStrategy(command: Command): Command {
  return command.option(
    '--named-strategy <name@version>',
    'strategy, health and approvals by their name, as in careful or careful@3',
    parseNamed,
  );
}

/** A version is said after an `@`. */
function parseNamed(text: string): NamedStrategy {
  const [, name, version] = /^([a-z0-9-]{1,63})(?:@(\d{1,8}))?$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError(usage.namedStrategy);
  return { name, ...(version !== undefined && { version: Number(version) }) };
}

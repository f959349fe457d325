import { InvalidArgumentError, Option } from 'commander';
import { usage } from '../messages/usage.ts';
import { meantBy } from './meant.ts';

/** An option that takes one of a few names; another one is answered with the one that was meant. */
export function choice(flags: string, description: string, names: readonly string[]): Option {
  return new Option(flags, description).choices(names).argParser((text: string) => {
    if (names.includes(text)) return text;
    throw new InvalidArgumentError(usage.unknownChoice(meantBy(text, names), names));
  });
}

import type { Help, HelpConfiguration, Option } from 'commander';
import { wrap } from '../show/text.ts';

/** What is longer than this stands on a line of its own, and what it means below it. */
const WIDEST_TERM = 30;
const NARROWEST_TEXT = 24;

/** Help at the width of the terminal: names to the left, what they mean to the right, never cut. */
export const helpForm: HelpConfiguration = {
  padWidth(command, helper) {
    const terms = [
      ...helper.visibleArguments(command).map((argument) => helper.argumentTerm(argument)),
      ...helper.visibleCommands(command).map((one) => helper.subcommandTerm(one)),
      ...helper.visibleOptions(command).map((option) => helper.optionTerm(option)),
    ];
    return Math.min(WIDEST_TERM, Math.max(0, ...terms.map((term) => term.length)));
  },
  formatItem(term, termWidth, description, helper: Help) {
    const room = Math.max(NARROWEST_TEXT, (helper.helpWidth ?? 80) - termWidth - 4);
    const lines = description === '' ? [] : wrap(description, room);
    const below = ' '.repeat(termWidth + 4);
    if (term.length > termWidth) return [`  ${term}`, ...lines.map((line) => `${below}${line}`)].join('\n');
    const [first = '', ...rest] = lines;
    return [`  ${term.padEnd(termWidth)}  ${first}`.trimEnd(), ...rest.map((line) => `${below}${line}`)].join(
      '\n',
    );
  },
  subcommandTerm: (command) =>
    [command.name(), ...command.registeredArguments.map((one) => termOf(one))].join(' '),
  optionDescription: (option) => [option.description, ...remarksOf(option)].join('; '),
};

function termOf(argument: { readonly required: boolean; name(): string }): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function remarksOf({ argChoices, defaultValue }: Option): readonly string[] {
  return [
    ...(argChoices === undefined ? [] : [argChoices.join(' | ')]),
    ...(defaultValue === undefined || defaultValue === false ? [] : [`default: ${String(defaultValue)}`]),
  ];
}

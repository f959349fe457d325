import type { CommandWords, FlagWords } from './words.ts';

/** One line for each command, flag and value. */
export function fishScript(commands: readonly CommandWords[]): string {
  return commands.flatMap((command) => linesOf(command)).join('');
}

function linesOf({ path, members, flags }: CommandWords): readonly string[] {
  const words = path.split(' ').filter((word) => word !== '');
  const condition =
    words.length === 0
      ? '__fish_use_subcommand'
      : words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
  const names = members.map(({ name }) => name).join(' ');
  const here =
    names === '' || words.length === 0
      ? condition
      : `${condition}; and not __fish_seen_subcommand_from ${names}`;
  return [
    ...members.map(({ name, description }) => line(`-f -n '${here}' -a ${name} -d ${quoted(description)}`)),
    ...flags.map((flag) => line(`-n '${condition}' ${flagPart(flag)}`)),
  ];
}

function flagPart({ flag, description, takesValue, values }: FlagWords): string {
  const value = values.length > 0 ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -r' : '';
  return `-l ${flag.slice(2)}${value} -d ${quoted(description)}`;
}

function line(rest: string): string {
  return `complete -c vmss-rollout ${rest}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

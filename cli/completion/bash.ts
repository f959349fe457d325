import type { CommandWords } from './words.ts';

/** A function that completes commands, flags, and values of flags that have a fixed choice; files otherwise. */
export function bashScript(commands: readonly CommandWords[]): string {
  const paths = commands.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  return `_vmss_rollout() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${paths.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $prev" in
${commands.flatMap((command) => valueCases(command)).join('\n')}
  esac
  case "$path" in
${commands.map((command) => wordCase(command)).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _vmss_rollout vmss-rollout
`;
}

function valueCases({ path, flags }: CommandWords): readonly string[] {
  return flags
    .filter(({ values }) => values.length > 0)
    .map(
      ({ flag, values }) =>
        `    '${path} ${flag}') COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$cur")); return ;;`,
    );
}

/** Flags only where one is begun, so that files and names come first. */
function wordCase({ path, members, flags }: CommandWords): string {
  const names = members.map(({ name }) => name).join(' ');
  return `    '${path}') if [[ $cur == -* ]]; then words='${flags.map(({ flag }) => flag).join(' ')} --help'; else words='${names}'; fi ;;`;
}

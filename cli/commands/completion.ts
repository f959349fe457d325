import { Argument, InvalidArgumentError, type Command } from 'commander';
import type { CliCommand } from '../command.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { wordsOf, type CommandWords } from '../completion/words.ts';
import { zshScript } from '../completion/zsh.ts';
import { EXIT } from '../exit-codes.ts';
import { usage } from '../messages/usage.ts';
import { meantBy } from '../parse/meant.ts';

const SCRIPTS: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};
const SHELLS = Object.keys(SCRIPTS);

/** Made of the program itself, so that it knows every command and flag. */
export function completion(program: () => Command): CliCommand {
  return {
    name: 'completion',
    summary: 'print what makes a shell complete commands, flags and their values',
    examples: [
      'completion bash >> ~/.bashrc',
      'completion zsh > "${fpath[1]}/_vmss-rollout"',
      'completion fish > ~/.config/fish/completions/vmss-rollout.fish',
    ],
    define: (command) =>
      command.addArgument(
        new Argument('<shell>', SHELLS.join(', ')).argParser((text: string) => {
          if (SHELLS.includes(text)) return text;
          throw new InvalidArgumentError(usage.unknownChoice(meantBy(text, SHELLS), SHELLS));
        }),
      ),
    async run({ args: [shell = ''] }, context) {
      context.out(SCRIPTS[shell]?.(wordsOf(program())) ?? '');
      return EXIT.done;
    },
  };
}

import { bashScript } from './bash.ts';
import type { CommandWords } from './words.ts';

/** Zsh reads completions of bash by itself. */
export function zshScript(commands: readonly CommandWords[]): string {
  return `#compdef vmss-rollout
autoload -Uz bashcompinit && bashcompinit
${bashScript(commands)}`;
}

import { SUBSCRIPTION } from '../lab/lab.ts';
import type { Shown } from './every-command.ts';

/** What is another each time or on each machine, by rule: ids and hashes, where the test keeps its files, and times. */
export function tidied(all: readonly Shown[], folder: string): string {
  const text = all
    .map(({ line, code, out, err }) => `$ ${line}\n${out}--- stderr\n${unlike(err)}--- exit ${code}\n`)
    .join('\n');
  return timeless(anonymous(text.replaceAll(folder, '/tmp'))).replaceAll('\u001B', '<esc>');
}

/** What one chance made has one number, wherever it stands. */
function anonymous(text: string): string {
  const names = new Map<string, string>();
  const numbered = (chance: string): string => {
    const name = names.get(chance) ?? String(names.size + 1).padStart(chance.length, '0');
    names.set(chance, name);
    return name;
  };
  return text
    .replaceAll(/(?<=\b\d{8}-\d{6}-)[\da-f]{8}\b/g, numbered)
    .replaceAll(
      /\b[\da-f]{8}(?:\b|(?:-[\da-f]{4}){3}-[\da-f]{12}\b)/g,
      (found) => names.get(found) ?? (found.length > 8 && found !== SUBSCRIPTION ? numbered(found) : found),
    )
    .replaceAll(/\b[\da-f]{64}\b/g, nothing);
}

/** How late it is, and how long anything took: the durations of the simulator are no concern of the command line. */
function timeless(text: string): string {
  return text
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, nothing)
    .replaceAll(/\b\d{8}-\d{6}(?=-\d{8}\b)/g, nothing)
    .replaceAll(/^\d\d:\d\d:\d\d /gm, nothing)
    .replaceAll(/(?<= )\d{1,2}(?::\d\d){1,2}(?=,|$)/gm, '0:00')
    .replaceAll(/about \d+ min left|less than a minute left/g, 'about 0 min left')
    .replaceAll(/(?<= {2})\d+$/gm, nothing);
}

/** Of pictures that show the same but for the time only the first. */
function unlike(painted: string): string {
  const pictures = painted.replaceAll('\u001B', '<esc>').split(/(?=<esc>\[\d+A<esc>\[0J)/);
  return pictures
    .filter((one, at) => at === 0 || timeless(one) !== timeless(pictures[at - 1] ?? ''))
    .join('');
}

function nothing(text: string): string {
  return text.replaceAll(/[\da-f]/g, '0');
}

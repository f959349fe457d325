import { InvalidArgumentError } from 'commander';
import { valueOf } from './assignment.ts';
import { usage } from '../messages/usage.ts';

/** What one `--add` or `--remove` was given: a path, and what comes after it. */
export interface Operands {
  readonly path: string;
  readonly rest: readonly string[];
}

const GROUPED = new Set(['--add', '--remove']);

/**
 * Puts all that follows an `--add` or `--remove` into one argument. `az` gives each of them a path and values of its
 * own, while the parser would run those of several together.
 */
export function groupOperands(argv: readonly string[]): string[] {
  const grouped: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    grouped.push(word);
    if (!GROUPED.has(word)) continue;
    const operands: string[] = [];
    for (; isOperand(argv[at + 1]); at += 1) operands.push(argv[at + 1] ?? '');
    if (operands.length > 0) grouped.push(JSON.stringify(operands));
  }
  return grouped;
}

/** A negative index is one, too. */
function isOperand(word: string | undefined): boolean {
  return word !== undefined && (!word.startsWith('-') || /^-\d+$/.test(word));
}

export function parseOperands(json: string): Operands {
  const [path = '', ...rest] = JSON.parse(json) as readonly string[];
  return { path, rest };
}

/** As `parseOperands`, for `--add`: it needs something to add. */
export function parseAddition(json: string): Operands {
  const operands = parseOperands(json);
  if (operands.rest.length === 0) throw new InvalidArgumentError(usage.addition);
  return operands;
}

/** As `parseOperands`, for `--remove`: a property, or a list and an index. */
export function parseRemoval(json: string): string {
  const { path, rest } = parseOperands(json);
  const [index, ...more] = rest;
  if (index === undefined) return path;
  if (more.length > 0 || !/^-?\d+$/.test(index)) {
    throw new InvalidArgumentError(usage.removal);
  }
  return `${path}[${index}]`;
}

/** What `az` appends: a run of key=value pairs is one object of texts, anything else ends it and stands alone. */
export function additionsOf(
  { path, rest }: Operands,
  forceString: boolean,
): { path: string; value: unknown }[] {
  const added: { path: string; value: unknown }[] = [];
  let pairs: Record<string, string> | undefined;
  for (const text of rest) {
    const at = text.indexOf('=');
    if (at === -1) {
      pairs = undefined;
      added.push({ path, value: valueOf(text, forceString) });
      continue;
    }
    if (pairs === undefined) added.push({ path, value: (pairs = {}) });
    pairs[text.slice(0, at)] = text.slice(at + 1);
  }
  return added;
}

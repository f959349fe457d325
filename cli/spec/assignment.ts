import { InvalidArgumentError } from 'commander';
import { usage } from '../messages/usage.ts';

/** A path and what comes after it, as written. */
export interface Assignment {
  readonly path: string;
  readonly text: string;
}

/** `path=value` as `az` reads it: the first `=` outside brackets divides. */
export function parseAssignment(text: string): Assignment {
  const at = firstEqualsOutsideBrackets(text);
  if (at < 1) throw new InvalidArgumentError(usage.pathValue);
  return { path: text.slice(0, at), text: text.slice(at + 1) };
}

function firstEqualsOutsideBrackets(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '[') depth += 1;
    if (text[index] === ']') depth -= 1;
    if (text[index] === '=' && depth === 0) return index;
  }
  return -1;
}

/** A tag holds text as it is written, `1.50` and `1e3` as well; only a text in quotes is read as JSON. */
export function isTextOfTag({ path, text }: Assignment): boolean {
  return /^tags\./i.test(path) && !/^(?:["{[]|null$)/.test(text);
}

/** A value as `az` reads it: JSON if it can be, and nobody has forced text. */
export function valueOf(text: string, forceString: boolean): unknown {
  if (forceString) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

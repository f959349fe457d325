import { InvalidArgumentError } from 'commander';

export interface Assignment {
  readonly path: string;
  readonly value: unknown;
}

/** `path=value` as `az` reads it: the first `=` outside brackets divides, the value is JSON if it can be. */
export function parseAssignment(text: string): Assignment {
  const at = firstEqualsOutsideBrackets(text);
  if (at < 1) throw new InvalidArgumentError('Write it as path=value.');
  return { path: text.slice(0, at), value: jsonOrText(text.slice(at + 1)) };
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

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

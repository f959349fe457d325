import { InvalidArgumentError } from 'commander';

export type Label = readonly [key: string, value: string];

/** Makes an option repeatable. */
export function collect<T>(
  parse: (text: string) => T,
): (text: string, before?: readonly T[]) => readonly T[] {
  return (text, before = []) => [...before, parse(text)];
}

export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}

export function parseShare(text: string): string | number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (/^\d{1,3}(\.\d+)?%$/.test(text)) return text;
  throw new InvalidArgumentError('Write a count or a percentage, as in 3 or 20%.');
}

/** A list as in `0,2`, each part by its own rule. */
export function parseList<T>(parse: (text: string) => T): (text: string) => readonly T[] {
  return (text) => text.split(',').map((part) => parse(part.trim()));
}

export function parseId(text: string): string {
  if (!/^[\w.-]{1,80}$/.test(text)) throw new InvalidArgumentError('Write ids as in 0,3.');
  return text;
}

export function parsePercent(text: string): number {
  if (!/^\d{1,3}%?$/.test(text)) throw new InvalidArgumentError('Write a percentage, as in 20 or 20%.');
  return Number(text.replace('%', ''));
}

export function parseApprovals(text: string): 'none' | 'rollout' | 'batch' | readonly number[] {
  if (text === 'none' || text === 'rollout' || text === 'batch') return text;
  if (/^\d{1,4}(,\d{1,4})*$/.test(text)) return text.split(',').map(Number);
  throw new InvalidArgumentError('Write none, rollout, batch, or batch indexes as in 0,2.');
}

export function parseLabel(text: string): Label {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as key=value.');
  return [text.slice(0, at), text.slice(at + 1)];
}

import { InvalidArgumentError } from 'commander';
import { usage } from '../messages/usage.ts';

export type Label = readonly [key: string, value: string];

/** Makes an option repeatable. */
export function collect<T>(
  parse: (text: string) => T,
): (text: string, before?: readonly T[]) => readonly T[] {
  return (text, before = []) => [...before, parse(text)];
}

export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(usage.wholeNumber);
  return Number(text);
}

/** A count of which there is at least one. */
export function parseSome(text: string): number {
  const count = parseCount(text);
  if (count === 0) throw new InvalidArgumentError(usage.atLeastOne);
  return count;
}

export function parseShare(text: string): string | number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (/^\d{1,3}(\.\d+)?%$/.test(text)) return text;
  throw new InvalidArgumentError(usage.share);
}

/** A list as in `0,2`, which may also be given piece by piece. */
export function collectList<T>(
  parse: (text: string) => T,
): (text: string, before?: readonly T[]) => readonly T[] {
  const parseAll = parseList(parse);
  return (text, before = []) => [...before, ...parseAll(text)];
}

/** A list as in `0,2`, each part by its own rule. */
export function parseList<T>(parse: (text: string) => T): (text: string) => readonly T[] {
  return (text) => text.split(',').map((part) => parse(part.trim()));
}

export function parseId(text: string): string {
  if (!/^[\w.-]{1,80}$/.test(text)) throw new InvalidArgumentError(usage.ids);
  return text;
}

export function parsePercent(text: string): number {
  if (!/^\d{1,3}%?$/.test(text)) throw new InvalidArgumentError(usage.percent);
  return Number(text.replace('%', ''));
}

export function parseApprovals(text: string): 'none' | 'rollout' | 'batch' | readonly number[] {
  if (text === 'none' || text === 'rollout' || text === 'batch') return text;
  if (/^\d{1,4}(,\d{1,4})*$/.test(text)) return text.split(',').map(Number);
  throw new InvalidArgumentError(usage.approvals);
}

export function parseLabel(text: string): Label {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(usage.keyValue);
  return [text.slice(0, at), text.slice(at + 1)];
}

import { InvalidArgumentError, type Command } from 'commander';
import { heading } from '../messages/help.ts';
import { usage } from '../messages/usage.ts';
import { defined, type Fields } from './fields.ts';
import { collect, collectList } from './values.ts';

interface Window {
  readonly cron: string;
  readonly durationMinutes: number;
}

/** The flags that say when batches may begin. */
export interface WhenOptions {
  readonly startAt?: string;
  readonly window?: readonly Window[];
  readonly timeZone?: string;
  readonly closedOn?: readonly string[];
}

export function addWhen(command: Command): Command {
  return command
    .optionsGroup(heading.when)
    .option('--start-at <time>', 'no batch begins before, as in 2026-12-05T22:00:00Z')
    .option(
      '--window <cron for minutes>',
      'batches begin only while it is open, as in "0 22 * * 6 for 240" (repeatable)',
      collect(parseWindow),
    )
    .option('--time-zone <name>', 'in which windows open, as in Europe/Berlin; default: UTC')
    .option(
      '--closed-on <days>',
      'days without a window, as in 2026-12-24/2027-01-02,2027-05-01 (repeatable)',
      collectList((text) => text),
    );
}

/** Where the contract has them. */
export function whenOf({ startAt, window, timeZone, closedOn }: WhenOptions): Fields {
  return { startAt, windows: defined({ timeZone, open: window, closedOn }) };
}

/** `0 22 * * 6 for 240`: a cron expression, and for how many minutes it stays open. */
function parseWindow(text: string): Window {
  const [, cron, minutes] = /^\s*(\S+(?: +\S+){4}) +for +(\d{1,5})\s*$/.exec(text) ?? [];
  if (cron === undefined || minutes === undefined) throw new InvalidArgumentError(usage.window);
  return { cron, durationMinutes: Number(minutes) };
}

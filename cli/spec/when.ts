import { InvalidArgumentError, Option, type Command } from 'commander';
import { UsageError } from '../errors.ts';
import { heading } from '../messages/help.ts';
import { usage } from '../messages/usage.ts';
import { choice } from '../parse/choice.ts';
import { defined, type Fields } from './fields.ts';
import { collect, collectList } from './values.ts';

interface Window {
  readonly cron: string;
  readonly durationMinutes: number;
}

/** The flags that say when batches may begin, and what becomes of a start on a set that is held. */
export interface WhenOptions {
  readonly startAt?: string;
  readonly window?: readonly Window[];
  readonly timeZone?: string;
  readonly closedOn?: readonly string[];
  readonly startIn?: string;
  readonly queue?: true;
  readonly onBusy?: string;
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
    )
    .addOption(choice('--start-in <what>', 'only the first batch waits for a window', ['window']))
    .addOption(
      new Option('--queue', 'wait in the queue while another rollout holds the set').conflicts('onBusy'),
    )
    .addOption(
      choice(
        '--on-busy <action>',
        'what to do then; replace: wait in the place of those of its label pipeline',
        ['refuse', 'queue', 'replace'],
      ),
    );
}

/** Refuses what says something of windows without one. */
export function checkWhen({ window, timeZone, closedOn }: WhenOptions): void {
  if (window !== undefined) return;
  if (timeZone !== undefined) throw new UsageError(usage.goesWith('--time-zone', '--window'));
  if (closedOn !== undefined) throw new UsageError(usage.goesWith('--closed-on', '--window'));
}

/** Where the contract has them. */
export function whenOf({ startAt, startIn, window, timeZone, closedOn, ...waits }: WhenOptions): Fields {
  return {
    startAt,
    startIn,
    windows: defined({ timeZone, open: window, closedOn }),
    onBusy: waits.onBusy ?? (waits.queue === true ? 'queue' : undefined),
  };
}

/** `0 22 * * 6 for 240`: a cron expression, and for how many minutes it stays open. */
function parseWindow(text: string): Window {
  const [, cron, minutes] = /^\s*(\S+(?: +\S+){4}) +for +(\d{1,5})\s*$/.exec(text) ?? [];
  if (cron === undefined || minutes === undefined) throw new InvalidArgumentError(usage.window);
  return { cron, durationMinutes: Number(minutes) };
}

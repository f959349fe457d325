import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import type { CliCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { scaleSetIdOf } from '../find/scale-set.ts';
import { report as words } from '../messages/report.ts';
import { usage } from '../messages/usage.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { table } from '../show/table.ts';
import { scaleSetName } from '../show/text.ts';

const Spread = z.looseObject({ p50: z.number(), p90: z.number() });
const group = {
  rollouts: z.number(),
  tookSeconds: Spread,
  waitedSeconds: z.looseObject({
    people: Spread,
    windows: Spread,
    queue: Spread,
    throttling: Spread,
    service: Spread,
  }),
};
const Group = z.looseObject(group);
const Report = z.looseObject({
  since: z.string(),
  complete: z.boolean(),
  all: Group,
  scaleSets: z.array(z.looseObject({ scaleSet: z.string(), ...group })),
  pipelines: z.array(z.looseObject({ pipeline: z.string(), ...group })),
});
type Report = z.infer<typeof Report>;

interface ReportOptions extends OutputOptions {
  readonly since: number;
  readonly scaleSet?: string;
}

const DAY_MS = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7 };

export const report: CliCommand<ReportOptions> = {
  name: 'report',
  summary: 'how long rollouts took, and how long they waited for people, windows and Azure',
  examples: ['report --since 30d', 'report --since 12w --scale-set web', 'report -o json --query pipelines'],
  define: (command) =>
    addOutputOption(
      command
        .option('--since <days|weeks>', 'rollouts that were accepted since then, as in 30d or 4w', daysOf, 30)
        .option('--scale-set <name>', 'only of this scale set'),
    ),
  async run({ options }, context) {
    const { scaleSet } = options;
    const query = {
      since: new Date(context.clock.now() - options.since * DAY_MS).toISOString(),
      ...(scaleSet !== undefined && { scaleSet: await scaleSetIdOf(context, scaleSet) }),
    };
    const found = await read(context, call('getWaits', { query }), Report);
    await print(context, found, { ...options, words: reportText });
    return EXIT.done;
  },
};

function daysOf(text: string): number {
  const [, count, unit = ''] = /^(\d{1,3})([dw])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError(usage.days);
  return Number(count) * (UNITS[unit] ?? 1);
}

/** The median, and what nine of ten stay below. */
function reportText({ all, scaleSets, pipelines, since, complete }: Report): string {
  const rowOf = (name: string, { rollouts, tookSeconds, waitedSeconds: waited }: z.infer<typeof Group>) => [
    name,
    rollouts,
    ...[tookSeconds, waited.people, waited.windows, waited.queue, waited.throttling, waited.service].map(
      (spread) => words.spread(spread),
    ),
  ];
  const rows = [
    rowOf(words.all, all),
    ...scaleSets.map((one) => rowOf(scaleSetName(one.scaleSet), one)),
    ...pipelines.map((one) => rowOf(words.pipeline(one.pipeline), one)),
  ];
  const shown = table(['Of', 'Rollouts', 'Took', 'People', 'Windows', 'Queue', 'Throttling', 'Azure'], rows);
  return `${words.about(since)}\n${shown}${complete ? '' : `${words.incomplete}\n`}`;
}

import { z } from 'zod';
import { call } from '../../client/call.ts';
import type { ScheduleBody } from '../../client/types.ts';
import { read, send, sendPatiently, understand } from '../api/client.ts';
import type { CliCommand, CliFamily } from '../command.ts';
import { ApiError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { done } from '../messages/done.ts';
import { scheduleHelp } from '../messages/help.ts';
import { schedulesTold } from '../messages/schedules.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { genericText } from '../show/generic.ts';
import { fields, table } from '../show/table.ts';
import { plain } from '../show/text.ts';
import { readJsonFile } from '../spec/json-file.ts';
import type { Context } from '../context.ts';

const Listed = z.looseObject({
  name: z.string(),
  number: z.number(),
  by: z.string(),
  lookedAt: z.string().nullish(),
  looksNext: z.string().nullish(),
});
const List = z.looseObject({ value: z.array(Listed) });

const Decisions = z.looseObject({
  name: z.string(),
  looksNext: z.string().nullish(),
  scaleSets: z.array(
    z.looseObject({
      scaleSet: z.string(),
      ring: z.string().nullish(),
      outcome: z.string(),
      message: z.string(),
      passedOver: z.array(z.looseObject({ version: z.string(), message: z.string() })).optional(),
    }),
  ),
});
type Decisions = z.infer<typeof Decisions>;

const Anything = z.looseObject({});

interface ReasonOptions extends OutputOptions {
  readonly reason?: string;
}

const list: CliCommand<OutputOptions> = {
  name: 'list',
  summary: 'all schedules, and when each looks next',
  examples: ['schedules list', 'schedules list --query "[].name" -o tsv'],
  define: addOutputOption,
  async run({ options }, context) {
    const { value } = await read(context, call('getSchedules', {}), List);
    const words = (all: typeof value): string =>
      table(
        ['Name', 'Version', 'By', 'LookedAt', 'LooksNext'],
        all.map(({ name, number, by, lookedAt, looksNext }) => [name, number, by, lookedAt, looksNext]),
      );
    await print(context, value, { ...options, words });
    return EXIT.done;
  },
};

const show: CliCommand<OutputOptions> = {
  name: 'show',
  summary: 'one schedule, with every version of it',
  examples: ['schedules show web-monthly', 'schedules show web-monthly --query schedule -o json > web.json'],
  define: (command) => addOutputOption(command.argument('<name>', scheduleHelp.name)),
  async run({ args: [name = ''], options }, context) {
    const shown = await read(context, call('getSchedule', { path: { schedule: name } }), Anything);
    await print(context, shown, { ...options, words: genericText });
    return EXIT.done;
  },
};

const set: CliCommand<ReasonOptions> = {
  name: 'set',
  summary: 'make a schedule, or replace the one of that name',
  examples: ['schedules set web-monthly schedule.json --reason "monthly images"'],
  define: (command) =>
    addOutputOption(
      command
        .argument('<name>', scheduleHelp.name)
        .argument('<file>', 'the whole schedule as JSON, "-" reads standard input')
        .option('--reason <text>', scheduleHelp.why),
    ),
  async run({ args: [name = '', file = ''], options }, context) {
    const schedule = await readJsonFile(file, context);
    const body = { schedule, reason: options.reason } as ScheduleBody;
    const asked = call('setSchedule', { path: { schedule: name }, body });
    const headers = { 'if-match': (await etagOf(name, context)) ?? '"schedule-0"' };
    const answer = await send(context, { ...asked, headers });
    context.err(`${plain(done.set(name))}\n`);
    await print(context, understand(context, answer, Anything), { ...options, words: genericText });
    return EXIT.done;
  },
};

const remove: CliCommand<OutputOptions> = {
  name: 'delete',
  summary: 'delete a schedule; what it has started goes on',
  examples: ['schedules delete web-monthly'],
  define: (command) => addOutputOption(command.argument('<name>', scheduleHelp.name)),
  async run({ args: [name = ''], options }, context) {
    const asked = call('deleteSchedule', { path: { schedule: name } });
    const headers = { 'if-match': (await etagOf(name, context)) ?? '"schedule-0"' };
    const answer = await send(context, { ...asked, headers });
    context.err(`${plain(done.scheduleDeleted(name))}\n`);
    await print(context, understand(context, answer, Anything), { ...options, words: genericText });
    return EXIT.done;
  },
};

const run: CliCommand<OutputOptions> = {
  name: 'run',
  summary: 'let a schedule look now, and start what is right',
  examples: ['schedules run web-monthly'],
  define: (command) => addOutputOption(command.argument('<name>', scheduleHelp.name)),
  async run({ args: [name = ''], options }, context) {
    const asked = call('runSchedule', { path: { schedule: name } });
    await print(context, await read(context, asked, Decisions), { ...options, words: decisionTable });
    return EXIT.done;
  },
};

const explain: CliCommand<OutputOptions> = {
  name: 'explain',
  summary: 'which version each set would take now, or why none, and when the schedule looks next',
  examples: ['schedules explain web-monthly', 'schedules explain web-monthly -o json'],
  define: (command) => addOutputOption(command.argument('<name>', scheduleHelp.name)),
  async run({ args: [name = ''], options }, context) {
    const asked = call('explainSchedule', { path: { schedule: name } });
    const words = (found: Decisions): string =>
      `${fields([['looksNext', found.looksNext]])}\n${decisionTable(found)}`;
    await print(context, await read(context, asked, Decisions), { ...options, words });
    return EXIT.done;
  },
};

const release: CliCommand<ReasonOptions> = {
  name: 'release',
  summary: 'let a version that has failed be tried once more',
  examples: ['schedules release web-monthly 22.04.202611010 --reason "the extension was at fault"'],
  define: (command) =>
    addOutputOption(
      command
        .argument('<name>', scheduleHelp.name)
        .argument('<version>', 'the version')
        .requiredOption('--reason <text>', scheduleHelp.why),
    ),
  async run({ args: [name = '', version = ''], options }, context) {
    const body = { version, reason: options.reason ?? '' };
    const asked = call('releaseVersion', { path: { schedule: name }, body });
    const answer = await sendPatiently(context, asked, { repeatable: false });
    context.err(`${plain(done.released(name, version))}\n`);
    await print(context, understand(context, answer, Anything), { ...options, words: genericText });
    return EXIT.done;
  },
};

export const schedules: CliFamily = {
  name: 'schedules',
  summary: 'keep scale sets on the right version of their image',
  members: [list, show, explain, set, run, release, remove],
};

function decisionTable({ scaleSets }: Decisions): string {
  return table(
    ['ScaleSet', 'Ring', 'Outcome', 'Why'],
    scaleSets.map(({ scaleSet, ring, outcome, message, passedOver = [] }) => [
      scaleSet.split('/').at(-1),
      ring,
      outcome,
      [
        message,
        ...passedOver.map(({ version, message: why }) => schedulesTold.passesOver(version, why)),
      ].join('; '),
    ]),
  );
}

/** The version that stands; none where there is no such schedule. */
async function etagOf(name: string, context: Context): Promise<string | undefined> {
  try {
    const asked = call('getSchedule', { path: { schedule: name } });
    return (await sendPatiently(context, asked, { repeatable: true })).headers.get('etag') ?? undefined;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

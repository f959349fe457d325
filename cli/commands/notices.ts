import { z } from 'zod';
import { call } from '../../client/call.ts';
import type { NoticesBody } from '../../client/types.ts';
import { read, send, sendPatiently, understand } from '../api/client.ts';
import type { CliCommand, CliFamily } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { done } from '../messages/done.ts';
import { noticeHelp } from '../messages/help.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { genericText } from '../show/generic.ts';
import { noticesText, ShownNotices } from '../show/notices.ts';
import { table } from '../show/table.ts';
import { plain } from '../show/text.ts';
import { readJsonFile } from '../spec/json-file.ts';

const Anything = z.looseObject({});

const DeadLetters = z.looseObject({
  value: z.array(
    z.looseObject({
      id: z.string(),
      at: z.string(),
      target: z.string(),
      kind: z.string(),
      tries: z.number(),
      last: z.looseObject({ code: z.string() }).nullish(),
    }),
  ),
});

interface ReasonOptions extends OutputOptions {
  readonly reason?: string;
}

const show: CliCommand<OutputOptions> = {
  name: 'show',
  summary: 'who gets which notices, with every version of it',
  examples: ['notices show', 'notices show --query settings -o json > notices.json'],
  define: addOutputOption,
  async run({ options }, context) {
    const shown = await read(context, call('getNotices', {}), ShownNotices);
    await print(context, shown, { ...options, words: noticesText });
    return EXIT.done;
  },
};

const set: CliCommand<ReasonOptions> = {
  name: 'set',
  summary: 'set who gets which notices',
  examples: ['notices set notices.json --reason "the new pager"'],
  define: (command) =>
    addOutputOption(
      command
        .argument('<file>', 'all of it as JSON, "-" reads standard input; replaces the current one')
        .option('--reason <text>', noticeHelp.why),
    ),
  async run({ args: [file = ''], options }, context) {
    const settings = await readJsonFile(file, context);
    const standing = await sendPatiently(context, call('getNotices', {}), { repeatable: true });
    const body = { settings, reason: options.reason } as NoticesBody;
    // Once: an answer that is lost may have replaced it, and the next try would find it moved.
    const answer = await send(context, {
      ...call('setNotices', { body }),
      headers: { 'if-match': standing.headers.get('etag') ?? '' },
    });
    context.err(`${done.noticesSet}\n`);
    await print(context, understand(context, answer, ShownNotices), { ...options, words: noticesText });
    return EXIT.done;
  },
};

const dead: CliCommand<OutputOptions> = {
  name: 'dead-letters',
  summary: 'notices that were given up, and why',
  examples: ['notices dead-letters', 'notices dead-letters --query "[].id" -o tsv'],
  define: addOutputOption,
  async run({ options }, context) {
    const { value } = await read(context, call('getDeadLetters', { query: { top: 100 } }), DeadLetters);
    const words = (all: typeof value): string =>
      table(
        ['Id', 'At', 'Kind', 'Target', 'Tries', 'Why'],
        all.map(({ id, at, kind, target, tries, last }) => [id, at, kind, target, tries, last?.code]),
      );
    await print(context, value, { ...options, words });
    return EXIT.done;
  },
};

const resend: CliCommand<ReasonOptions> = {
  name: 'resend',
  summary: 'send a notice again that was given up; it keeps its id',
  examples: ['notices resend 20261130-081500-1a2b3c4d.00000012-20261130082107000-5feceb66ffc8.0:pager'],
  define: (command) =>
    addOutputOption(
      command.argument('<id>', 'its id, as dead-letters shows it').option('--reason <text>', noticeHelp.why),
    ),
  async run({ args: [id = ''], options }, context) {
    const body = options.reason === undefined ? {} : { reason: options.reason };
    const asked = call('resendNotice', { path: { id }, body });
    const answer = await sendPatiently(context, asked, { repeatable: false });
    context.err(`${plain(done.resent(id))}\n`);
    await print(context, understand(context, answer, Anything), { ...options, words: genericText });
    return EXIT.done;
  },
};

export const notices: CliFamily = {
  name: 'notices',
  summary: 'tell others what happens to rollouts, and what could not be told',
  members: [show, set, dead, resend],
};

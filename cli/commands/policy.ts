import { call } from '../../client/call.ts';
import type { PolicyBody } from '../../client/types.ts';
import { send, sendPatiently, understand } from '../api/client.ts';
import { Policy } from '../api/switches.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { done } from '../messages/done.ts';
import { addOutputOption, print } from '../output.ts';
import type { OutputOptions } from '../output.ts';
import { policyText } from '../show/policy.ts';
import { readJsonFile } from '../spec/json-file.ts';
import { usage } from '../messages/usage.ts';

interface PolicyOptions extends OutputOptions {
  readonly set?: string;
  readonly reason?: string;
}

export const policy: CliCommand<PolicyOptions> = {
  name: 'policy',
  summary: 'show what requesters cannot weaken, or set it',
  examples: ['policy', 'policy -o json', 'policy --set policy.json --reason "two approvals for production"'],
  define: (command) =>
    addOutputOption(
      command
        .option(
          '--set <file>',
          'the whole policy as JSON, "-" reads standard input; replaces the current one',
        )
        .option('--reason <text>', 'why, for the record'),
    ),
  async run({ options }, context) {
    const { set, reason } = options;
    if (set === undefined && reason !== undefined) throw new UsageError(usage.goesWith('--reason', '--set'));
    const wanted = set === undefined ? undefined : await readJsonFile(set, context);
    const read = await sendPatiently(context, call('getPolicy', {}), { repeatable: true });
    const answer =
      wanted === undefined
        ? read
        : // Once: an answer that is lost may have replaced it, and the next try would find it moved.
          await send(context, {
            // Whatever the file holds: the app judges it.
            ...call('setPolicy', { body: { policy: wanted, reason } as PolicyBody }),
            headers: { 'if-match': read.headers.get('etag') ?? '' },
          });
    if (wanted !== undefined) context.err(`${done.policySet}\n`);
    await print(context, understand(context, answer, Policy), { ...options, words: policyText });
    return EXIT.done;
  },
};

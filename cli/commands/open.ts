import type { CliCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { scaleSetIdOf, scaleSetPathOf } from '../find/scale-set.ts';
import { UsageError } from '../errors.ts';
import { usage } from '../messages/usage.ts';

interface OpenOptions {
  readonly scaleSet?: string;
}

export const open: CliCommand<OpenOptions> = {
  name: 'open',
  summary: 'print the address of the page, and open it where there is a browser',
  examples: ['open', 'open 7f3c', 'open --scale-set web'],
  define: (command) =>
    command
      .argument('[id]', 'the rollout to show; without it, all of them')
      .option('--scale-set <name>', 'the scale set to show'),
  async run({ args: [named], options }, context) {
    const address = `${context.http.baseUrl}/api/dashboard`;
    const { scaleSet } = options;
    if (named !== undefined && scaleSet !== undefined)
      throw new UsageError(usage.conflict('ID', '--scale-set'));
    const place = [
      ...(named === undefined ? [] : ['rollouts', await rolloutIdOf(context, named)]),
      ...(scaleSet === undefined
        ? []
        : ['scale-sets', ...Object.values(scaleSetPathOf(await scaleSetIdOf(context, scaleSet)))]),
    ];
    const whole = [address, ...place.map((segment) => encodeURIComponent(segment))].join('/');
    context.out(`${whole}\n`);
    context.browse?.(whole);
    return EXIT.done;
  },
};

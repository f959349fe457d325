import { call } from '../../client/call.ts';
import type { RolloutSpec } from '../../client/types.ts';
import { read, sendPatiently, understand } from '../api/client.ts';
import { shapes, type Plan } from '../api/shapes.ts';
import type { CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { holderOf } from '../find/holder.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { usage } from '../messages/usage.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { flagOf } from '../parse/flag-of.ts';
import { planText } from '../show/plan.ts';
import { plain } from '../show/text.ts';
import { buildSpec } from '../spec/build.ts';
import { addSpecOptions, type SpecOptions } from '../spec/options.ts';

interface PlanOptions extends SpecOptions, OutputOptions {
  readonly failOnNoop?: boolean;
}

export const plan: CliCommand<PlanOptions> = {
  name: 'plan',
  summary:
    'show what a rollout would do, without writing anything; or the plan of a rollout that was started',
  examples: [
    'plan --scale-set web --image-version latest',
    'plan --scale-set web --set virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled=true',
    'plan --spec rollout.json -o json',
    'plan --rollback-of 7f3c',
    'plan 7f3c',
  ],
  define: (command) =>
    addOutputOption(
      addSpecOptions(command.argument('[id]', 'a rollout that was started')).option(
        '--fail-on-noop',
        'exit 6 when there is nothing to do',
      ),
    ),
  async run({ args: [named], options }, context) {
    if (named !== undefined) {
      checkAlone(options);
      checkId(named);
    }
    const asked =
      named === undefined
        ? { body: await buildSpec(options, context) }
        : { id: await rolloutIdOf(context, named) };
    const made =
      'body' in asked
        ? await makePlan(asked.body, context)
        : await read(context, call('getPlan', { path: asked }), shapes.Plan);
    const isRead = options.output === 'table' && options.query === undefined;
    const heldBy = 'body' in asked && isRead ? await holderOf(context, made, asked.body) : undefined;
    await print(context, made, { ...options, words: (one) => planText(one, heldBy) });
    return options.failOnNoop === true && made.batches.length === 0 ? EXIT.refused : EXIT.done;
  },
};

/** Whoever names a scale set here wants a new plan. */
function checkId(named: string): void {
  if (!/^(?:@|[\d-]*[\da-f]*$)/.test(named)) throw new UsageError(usage.planOf(plain(named)));
}

/** How the plan of a rollout that was started is printed; all else would make another one. */
const OF_PRINTING = new Set(['output', 'query', 'failOnNoop']);

function checkAlone(options: PlanOptions): void {
  const [other] = Object.entries(options).filter(
    ([name, value]) => !OF_PRINTING.has(name) && !isDefault(name, value),
  );
  if (other !== undefined) throw new UsageError(usage.alone(flagOf(other[0])));
}

/** Commander says so where the flag that denies it was not given. */
function isDefault(name: string, value: unknown): boolean {
  return name === 'requesterApproval' && value === true;
}

/** What the spec would do now; the app writes nothing for it. */
export async function makePlan(body: RolloutSpec, context: Context): Promise<Plan> {
  const answer = await sendPatiently(context, call('makePlan', { body }), { repeatable: true });
  return understand(context, answer, shapes.Plan);
}

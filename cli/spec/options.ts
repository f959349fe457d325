import { Option, type Command } from 'commander';
import { parseAssignment, type Assignment } from './assignment.ts';
import { collect, parseApprovals, parseCount, parseLabel, parseShare, type Label } from './values.ts';

/** The flags that say what to roll out, as `start` and `plan` take them. */
export interface SpecOptions {
  readonly scaleSet?: string;
  readonly spec?: string;
  readonly imageVersion?: string;
  readonly set?: readonly Assignment[];
  readonly maxUnavailable?: string | number;
  readonly approveBefore?: 'none' | 'rollout' | 'batch' | readonly number[];
  readonly soakSeconds?: number;
  readonly stableSeconds?: number;
  readonly healthTimeoutSeconds?: number;
  readonly onFailure?: string;
  readonly rollbackOf?: string;
  readonly planHash?: string;
  readonly reason?: string;
  readonly label?: readonly Label[];
}

export function addSpecOptions(command: Command): Command {
  return command
    .option('--scale-set <id>', 'resource id of the scale set')
    .option('--spec <file>', 'rollout spec as JSON, "-" reads standard input; the flags below win over it')
    .option('--image-version <version>', 'platform image version, or latest')
    .option('--set <path=value>', 'set a property of the model (repeatable)', collect(parseAssignment))
    .option('--max-unavailable <count|percent>', 'instances that may be out of service at once', parseShare)
    .option('--approve-before <when>', 'none, rollout, batch, or batch indexes as in 0,2', parseApprovals)
    .option('--soak-seconds <seconds>', 'wait after each batch', parseCount)
    .option('--stable-seconds <seconds>', 'how long an instance must stay healthy', parseCount)
    .option(
      '--health-timeout-seconds <seconds>',
      'how long an instance may take to become healthy',
      parseCount,
    )
    .addOption(
      new Option('--on-failure <action>', 'what an unhealthy batch leads to').choices([
        'rollback',
        'pause',
        'halt',
      ]),
    )
    .option('--rollback-of <id>', 'undo an ended rollout')
    .option('--plan-hash <hash>', 'run only if the plan is still the reviewed one')
    .option('--reason <text>', 'why, for the record')
    .option('--label <key=value>', 'label of the rollout (repeatable)', collect(parseLabel));
}

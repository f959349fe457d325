import { Option, type Command } from 'commander';
import { parseAssignment, type Assignment } from './assignment.ts';
import { parseAddition, parseRemoval, type Operands } from './operands.ts';
import { parseAttachedDisk, parseDetachedDisk, type AttachedDisk, type DetachedDisk } from './disks.ts';
import {
  collect,
  parseApprovals,
  parseCount,
  parseId,
  parseLabel,
  parseList,
  parsePercent,
  parseShare,
  type Label,
} from './values.ts';

/** The flags that say what to roll out, as `start` and `plan` take them. */
export interface SpecOptions {
  readonly scaleSet?: string;
  readonly spec?: string;
  readonly imageVersion?: string;
  readonly set?: readonly Assignment[];
  readonly add?: readonly Operands[];
  readonly remove?: readonly string[];
  readonly forceString?: boolean;
  readonly attachDisk?: readonly AttachedDisk[];
  readonly detachDisk?: readonly DetachedDisk[];
  readonly updateDomain?: readonly number[];
  readonly faultDomain?: readonly number[];
  readonly zone?: readonly string[];
  readonly instance?: readonly string[];
  readonly percent?: number;
  readonly exclude?: readonly string[];
  readonly deallocated?: string;
  readonly batchBy?: string;
  readonly steps?: readonly (string | number)[];
  readonly canary?: number;
  readonly order?: string;
  readonly pacing?: string;
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
    .option('--set <path=value...>', 'set properties of the model, as az does', collect(parseAssignment))
    .option(
      '--add <list values>',
      'append to a list of the model: key=value pairs make one object, else JSON or text (repeatable)',
      collect(parseAddition),
    )
    .option(
      '--remove <property index>',
      'remove a property of the model, or the item of a list at an index (repeatable)',
      collect(parseRemoval),
    )
    .option('--force-string', 'values of --set and --add are text, even where they could be JSON')
    .option(
      '--attach-disk <instance=disk@lun>',
      'attach a managed disk to one instance, at a free LUN where none is named (repeatable)',
      collect(parseAttachedDisk),
    )
    .option(
      '--detach-disk <instance@lun>',
      'detach the data disk at a LUN of one instance (repeatable)',
      collect(parseDetachedDisk),
    )
    .option(
      '--update-domain <numbers>',
      'only instances of these update domains, as in 0,2',
      parseList(parseCount),
    )
    .option('--fault-domain <numbers>', 'only instances of these fault domains', parseList(parseCount))
    .option('--zone <zones>', 'only instances of these zones', parseList(parseId))
    .option('--instance <ids>', 'only these instances, as in 0,3', parseList(parseId))
    .option('--percent <percent>', 'only this percentage of those, lowest ids first', parsePercent)
    .option('--exclude <ids>', 'none of these instances', parseList(parseId))
    .addOption(
      new Option('--deallocated <policy>', 'what becomes of instances that are switched off').choices([
        'skip',
        'upgradeCold',
        'startFirst',
      ]),
    )
    .addOption(
      new Option('--batch-by <kind>', 'what makes a batch').choices([
        'updateDomain',
        'faultDomain',
        'zone',
        'count',
        'percent',
        'steps',
      ]),
    )
    .option(
      '--steps <shares>',
      'the size for count and percent; for steps how many are done after each, as in 1,10%,100%',
      parseList(parseShare),
    )
    .option(
      '--canary <count>',
      'put this many instances into a batch of their own, before the others',
      parseCount,
    )
    .addOption(new Option('--order <order>', 'who comes first').choices(['id', 'unhealthyFirst']))
    .addOption(
      new Option('--pacing <pacing>', 'wait for each batch, or fill each slot as it comes free').choices([
        'barrier',
        'sliding',
      ]),
    )
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

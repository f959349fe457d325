import { Option, type Command } from 'commander';
import { heading } from '../messages/help.ts';
import { choice } from '../parse/choice.ts';
import { parseAssignment, type Assignment } from './assignment.ts';
import { parseAttachedDisk, parseDetachedDisk, type AttachedDisk, type DetachedDisk } from './disks.ts';
import { addApprovals, addRecord } from './gates.ts';
import { addNamedStrategy, type NamedStrategy } from './named-strategy.ts';
import { parseAddition, parseRemoval, type Operands } from './operands.ts';
import {
  collect,
  collectList,
  parseCount,
  parseId,
  parseLabel,
  parsePercent,
  parseShare,
  type Label,
} from './values.ts';
import { addWhen, type WhenOptions } from './when.ts';

/** The flags that say what to roll out, as `start` and `plan` take them. */
export interface SpecOptions extends WhenOptions {
  readonly scaleSet?: string;
  readonly spec?: string;
  readonly imageVersion?: string;
  readonly imageSku?: string;
  readonly imagePublisher?: string;
  readonly imageOffer?: string;
  readonly imageId?: string;
  readonly imageUri?: string;
  readonly vmSize?: string;
  readonly extension?: readonly Label[];
  readonly rerunExtension?: readonly Label[];
  readonly customData?: string;
  readonly adminUsername?: string;
  readonly adminPasswordFile?: string;
  readonly set?: readonly Assignment[];
  readonly add?: readonly Operands[];
  readonly remove?: readonly string[];
  readonly forceString?: boolean;
  readonly force?: string;
  readonly attachDisk?: readonly AttachedDisk[];
  readonly detachDisk?: readonly DetachedDisk[];
  readonly rollbackOf?: string;
  readonly updateDomain?: readonly number[];
  readonly faultDomain?: readonly number[];
  readonly zone?: readonly string[];
  readonly instance?: readonly string[];
  readonly percent?: number;
  readonly exclude?: readonly string[];
  readonly deallocated?: string;
  readonly namedStrategy?: NamedStrategy;
  readonly batchBy?: string;
  readonly steps?: readonly (string | number)[];
  readonly canary?: number;
  readonly order?: string;
  readonly pacing?: string;
  readonly maxUnavailable?: string | number;
  readonly mostDisruptiveAllowed?: string;
  readonly acceptIrreversible?: true;
  readonly acceptManaged?: true;
  readonly fixForward?: true;
  readonly requireSignal?: true;
  readonly soakSeconds?: number;
  readonly stableSeconds?: number;
  readonly healthTimeoutSeconds?: number;
  readonly operationTimeoutSeconds?: number;
  readonly maxUnhealthyInstancePercent?: number;
  readonly maxUnhealthyUpgradedInstancePercent?: number;
  readonly onFailure?: string;
  readonly timeoutSeconds?: number;
  readonly accessTimeoutSeconds?: number;
  readonly rollbackTimeoutSeconds?: number;
  readonly approveBefore?: 'none' | 'rollout' | 'batch' | readonly number[];
  readonly quorum?: number;
  readonly requesterApproval?: boolean;
  readonly approvalTimeoutSeconds?: number;
  readonly onApprovalTimeout?: string;
  readonly planHash?: string;
  readonly reason?: string;
  readonly label?: readonly Label[];
}

/** Adds them in groups: what, where, how carefully, when, approvals, for the record. */
export function addSpecOptions(command: Command): Command {
  const withSet = addWhat(command)
    .optionsGroup(heading.where)
    .option('--scale-set <name>', 'the scale set: its resource id, or its name where that is unique');
  return addConditions(withSet);
}

/** All but what is changed, and of which set. */
export function addConditions(command: Command): Command {
  return [addWhere, addBatches, addHealth, addWhen, addApprovals, addRecord].reduce(
    (so, add) => add(so),
    command,
  );
}

/** With an undo there is nothing else to change. */
const CHANGES = [
  'imageVersion',
  'imageSku',
  'imagePublisher',
  'imageOffer',
  'imageId',
  'imageUri',
  'vmSize',
  'extension',
  'rerunExtension',
  'customData',
  'adminUsername',
  'adminPasswordFile',
  'set',
  'add',
  'remove',
  'force',
  'attachDisk',
  'detachDisk',
];

function addWhat(command: Command): Command {
  return addModelPaths(
    command
      .optionsGroup(heading.what)
      .option('--image-version <version>', 'platform image version, or latest')
      .option('--image-sku <sku>', 'another SKU of the offer')
      .option('--image-publisher <publisher>', 'another publisher; with offer and SKU')
      .option('--image-offer <offer>', 'another offer of that publisher')
      .addOption(
        new Option('--image-id <id>', 'a managed image, or a version of a gallery').conflicts([
          'imageVersion',
          'imageSku',
          'imageUri',
        ]),
      )
      .addOption(
        new Option('--image-uri <uri>', 'a custom image of a set with unmanaged disks').conflicts([
          'imageVersion',
          'imageSku',
        ]),
      )
      .option('--vm-size <size>', 'another VM size')
      .option(
        '--extension <name=file>',
        'settings of an extension, as JSON: settings, protectedSettings, forceUpdateTag (repeatable)',
        collect(parseLabel),
      )
      .option(
        '--rerun-extension <name=tag>',
        'run an extension again: another tag than before (repeatable)',
        collect(parseLabel),
      )
      .option('--custom-data <file>', 'custom data for new disks')
      .option('--admin-username <name>', 'name of the administrator')
      .option('--admin-password-file <file>', 'password of the administrator, "-" reads standard input'),
  );
}

function addModelPaths(command: Command): Command {
  return command
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
    .addOption(
      choice('--force <action>', 'do this to instances that are on the model already', [
        'reimage',
        'restart',
        'redeploy',
      ]),
    )
    .option(
      '--attach-disk <instance=disk@lun>',
      'attach a managed disk to one instance, at a free LUN where none is named; settings follow, as in ,caching=ReadOnly (repeatable)',
      collect(parseAttachedDisk),
    )
    .option(
      '--detach-disk <instance@lun>',
      'detach the data disk at a LUN of one instance, or INSTANCE=DISK-ID (repeatable)',
      collect(parseDetachedDisk),
    )
    .addOption(new Option('--rollback-of <id>', 'undo an ended rollout').conflicts(CHANGES))
    .option('--spec <file>', 'rollout spec as JSON, "-" reads standard input; all other flags win over it');
}

function addWhere(command: Command): Command {
  return command
    .optionsGroup(heading.where)
    .option(
      '--update-domain <numbers>',
      'only these update domains, as in 0,2 (repeatable)',
      collectList(parseCount),
    )
    .option('--fault-domain <numbers>', 'only these fault domains', collectList(parseCount))
    .option('--zone <zones>', 'only these zones', collectList(parseId))
    .option('--instance <ids>', 'only these instances, as in 3,7 (repeatable)', collectList(parseId))
    .option('--percent <percent>', 'only this percentage of those, lowest ids first', parsePercent)
    .option('--exclude <ids>', 'none of these instances', collectList(parseId))
    .addOption(
      choice('--deallocated <policy>', 'what becomes of instances that are switched off', [
        'skip',
        'upgradeCold',
        'startFirst',
      ]),
    );
}

function addBatches(command: Command): Command {
  return addRisks(addSizes(addNamedStrategy(command.optionsGroup(heading.carefully))));
}

function addSizes(command: Command): Command {
  return command
    .addOption(
      choice('--batch-by <kind>', 'what makes a batch', [
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
      collectList(parseShare),
    )
    .option('--canary <count>', 'so many instances are a batch of their own before the others', parseCount)
    .addOption(choice('--order <order>', 'who comes first', ['id', 'unhealthyFirst']))
    .addOption(
      choice('--pacing <pacing>', 'wait for each batch, or fill each slot as it comes free', [
        'barrier',
        'sliding',
      ]),
    );
}

/** What the rollout may cost the service at worst. */
function addRisks(command: Command): Command {
  return command
    .option('--max-unavailable <count|percent>', 'instances that may be out of service at once', parseShare)
    .addOption(
      choice('--most-disruptive-allowed <class>', 'refuse what is worse for an instance', [
        'none',
        'restart',
        'reimage',
        'deallocate',
      ]),
    )
    .option('--accept-irreversible', 'also change what no rollback can take back')
    .option('--accept-managed', 'also change a set that another service manages')
    .addOption(
      choice('--on-failure <action>', 'what an unhealthy batch leads to', ['rollback', 'pause', 'halt']),
    );
}

function addHealth(command: Command): Command {
  return command
    .option('--fix-forward', 'begin although the set is not healthy now')
    .option('--require-signal', 'refuse a set without health extension and probe')
    .option('--soak-seconds <seconds>', 'watch each batch so long before the next', parseCount)
    .option('--stable-seconds <seconds>', 'how long an instance must stay healthy', parseCount)
    .option(
      '--health-timeout-seconds <seconds>',
      'how long an instance may take to become healthy',
      parseCount,
    )
    .option('--operation-timeout-seconds <seconds>', 'how long an operation of Azure may take', parseCount)
    .option(
      '--max-unhealthy-instance-percent <percent>',
      'of the whole set; more end the rollout',
      parsePercent,
    )
    .option('--max-unhealthy-upgraded-instance-percent <percent>', 'of the upgraded ones', parsePercent)
    .option('--timeout-seconds <seconds>', 'halt the rollout after so long', parseCount)
    .option('--access-timeout-seconds <seconds>', 'how long missing rights are waited for', parseCount)
    .option('--rollback-timeout-seconds <seconds>', 'how long a rollback may take', parseCount);
}

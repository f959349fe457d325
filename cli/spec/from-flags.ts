import { isTextOfTag, valueOf } from './assignment.ts';
import { defined, type Fields } from './fields.ts';
import { additionsOf } from './operands.ts';
import type { SpecOptions } from './options.ts';
import { whenOf } from './when.ts';

/** What the flags ask for, each where the contract has it. */
export function fromFlags(options: SpecOptions): Fields {
  return (
    defined({
      scaleSet: options.scaleSet,
      change: changeOf(options),
      targets: targetsOf(options),
      namedStrategy: options.namedStrategy,
      strategy: strategyOf(options),
      health: healthOf(options),
      soakSeconds: options.soakSeconds,
      ...whenOf(options),
      approvals: approvalsOf(options),
      onFailure: options.onFailure,
      timeoutSeconds: options.timeoutSeconds,
      accessTimeoutSeconds: options.accessTimeoutSeconds,
      rollbackTimeoutSeconds: options.rollbackTimeoutSeconds,
      acceptManaged: options.acceptManaged,
      rollbackOf: options.rollbackOf,
      planHash: options.planHash,
      reason: options.reason,
      labels: options.label && Object.fromEntries(options.label),
    }) ?? {}
  );
}

function changeOf(options: SpecOptions): Fields | undefined {
  const { forceString = false } = options;
  return defined({
    image: defined({
      version: options.imageVersion,
      sku: options.imageSku,
      publisher: options.imagePublisher,
      offer: options.imageOffer,
      id: options.imageId,
      uri: options.imageUri,
    }),
    vmSize: options.vmSize,
    set:
      options.set &&
      Object.fromEntries(
        options.set.map((given) => [given.path, valueOf(given.text, forceString || isTextOfTag(given))]),
      ),
    add: options.add?.flatMap((operands) => additionsOf(operands, forceString)),
    remove: options.remove,
    force: options.force,
    dataDisks: defined({ attach: options.attachDisk, detach: options.detachDisk }),
  });
}

function targetsOf(options: SpecOptions): Fields | undefined {
  return defined({
    updateDomains: options.updateDomain,
    faultDomains: options.faultDomain,
    zones: options.zone,
    instances: options.instance,
    percent: options.percent,
    exclude: options.exclude,
    deallocated: options.deallocated,
  });
}

function strategyOf(options: SpecOptions): Fields | undefined {
  return defined({
    batchBy: options.batchBy,
    steps: options.steps,
    canary: options.canary,
    order: options.order,
    pacing: options.pacing,
    maxUnavailable: options.maxUnavailable,
    mostDisruptiveAllowed: options.mostDisruptiveAllowed,
    acceptIrreversible: options.acceptIrreversible,
  });
}

function healthOf(options: SpecOptions): Fields | undefined {
  return defined({
    requireSignal: options.requireSignal,
    stableSeconds: options.stableSeconds,
    timeoutSeconds: options.healthTimeoutSeconds,
    operationTimeoutSeconds: options.operationTimeoutSeconds,
    maxUnhealthyInstancePercent: options.maxUnhealthyInstancePercent,
    maxUnhealthyUpgradedInstancePercent: options.maxUnhealthyUpgradedInstancePercent,
    fixForward: options.fixForward,
  });
}

function approvalsOf(options: SpecOptions): Fields | undefined {
  return defined({
    before: options.approveBefore,
    quorum: options.quorum,
    // Commander says true where the flag that denies it was not given.
    allowRequester: options.requesterApproval === false ? false : undefined,
    timeoutSeconds: options.approvalTimeoutSeconds,
    onTimeout: options.onApprovalTimeout,
  });
}

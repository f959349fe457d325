import type { Difference } from './recordings-replay.ts';

interface Justification {
  readonly operation: RegExp;
  readonly what: RegExp;
  readonly why: string;
}

const LIST_OF_SETS = /^GET \/virtualMachineScaleSets$/;

/** Every difference between real traffic and the simulator that is meant to be there, and why. */
export const JUSTIFICATIONS: readonly Justification[] = [
  {
    operation: LIST_OF_SETS,
    what: /^body value\[\]\.properties\.virtualMachineProfile\.[A-Za-z.[\]]+ missing$/,
    why: 'the recorded subscription also held scale sets of a Kubernetes cluster, with fields of their own',
  },
  {
    operation: LIST_OF_SETS,
    what: /^body value\[\]\.(identity|tags\.[A-Za-z-]+|properties\.constrainedMaximumCapacity) missing$/,
    why: 'fields of those other scale sets themselves',
  },
  {
    operation: LIST_OF_SETS,
    what: /^header x-ms-ratelimit-remaining-resource extra$/,
    why: 'Azure Resource Manager answers for a group without sets by itself, and draws on no bucket',
  },
  {
    operation: /versions\/\*$/,
    what: /^body properties\.features missing$/,
    why: 'what an image can do is data of that image; some old images list features, others none',
  },
  {
    operation: /virtualMachines(\/\*)?$/,
    what: /^body (value\[\]\.)?properties\.storageProfile\.dataDisks\[\]\.diskSizeGB missing$/,
    why: 'the size of an attached disk is known from the disk resource, which is not simulated',
  },
  {
    operation: /virtualMachines$/,
    what: /enableAcceleratedNetworking missing$/,
    why: 'shown in one region (eastus) and not in the other (westus) for the same request',
  },
  {
    operation: /virtualMachines$/,
    what: /^charge \d, not \d$/,
    why: 'instances that overprovisioning made are charged for a while after they left the list',
  },
  {
    operation: /instanceView$/,
    what: /^(header x-ms-request-charge|bucket VMScaleSetVMViewsSubscriptionMaximum) missing$/,
    why: 'a 404 is charged as one instance by the service; refusals are not charged here',
  },
];

export interface Judged {
  readonly justified: readonly { readonly difference: Difference; readonly why: string }[];
  readonly unjustified: readonly Difference[];
  /** Justifications that no difference needs any more. */
  readonly unused: readonly Justification[];
}

export function judge(differences: readonly Difference[]): Judged {
  const used = new Set<Justification>();
  const justified: { difference: Difference; why: string }[] = [];
  const unjustified: Difference[] = [];
  for (const difference of differences) {
    const found = JUSTIFICATIONS.find(
      ({ operation, what }) => operation.test(difference.operation) && what.test(difference.what),
    );
    if (found === undefined) unjustified.push(difference);
    else {
      used.add(found);
      justified.push({ difference, why: found.why });
    }
  }
  return { justified, unjustified, unused: JUSTIFICATIONS.filter((entry) => !used.has(entry)) };
}

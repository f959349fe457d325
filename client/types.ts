// Made by npm run api -- --write from the schemas of the app; not to be edited by hand.

export type RolloutSpec = {
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** What is changed. Without it every instance is brought to the model as it is. */
  readonly change?:
    | {
        /** The image: another one of the market place, or an image by its id or address. */
        readonly image?:
          | {
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version: string;
            }
          | {
              /** SKU of the offer named, or else of the one that the set runs. */
              readonly sku: string;
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version?: string | undefined;
            }
          | {
              /** Publisher of another image of the market place; goes with `offer` and `sku`. */
              readonly publisher: string;
              /** Offer of that publisher. */
              readonly offer: string;
              /** SKU of the offer named, or else of the one that the set runs. */
              readonly sku: string;
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version?: string | undefined;
            }
          | {
              /** Resource id of a managed image or of a gallery image version. */
              readonly id: string;
            }
          | {
              /** Address of a custom image, for sets with unmanaged disks. */
              readonly uri: string;
            }
          | undefined;
        /** Name of a size. */
        readonly vmSize?: string | undefined;
        /** Extensions that are there already; each is written through its own resource. */
        readonly extensions?:
          | readonly {
              /** Name of the extension in the model. */
              readonly name: string;
              /** Takes the place of the old settings, all of them. */
              readonly settings?: Readonly<Record<string, unknown>> | undefined;
              /** The same for settings that are secret; no answer shows them. */
              readonly protectedSettings?: Readonly<Record<string, unknown>> | undefined;
              /** Another text than before has the extension run again. */
              readonly forceUpdateTag?: string | undefined;
            }[]
          | undefined;
        /** What a new disk gets: instances are reimaged. */
        readonly osProfile?:
          | {
              /** Custom data in base 64. */
              readonly customData?: string | undefined;
              /** Name of the administrator. */
              readonly adminUsername?: string | undefined;
              /** Password of the administrator; no answer shows it. */
              readonly adminPassword?: string | undefined;
            }
          | undefined;
        /** Values by path, as `az vmss update --set` takes them. */
        readonly set?: Readonly<Record<string, unknown>> | undefined;
        /** What is added to lists: a value by path, or a list of both. */
        readonly add?:
          | Readonly<Record<string, unknown>>
          | readonly {
              /** Path of the list. */
              readonly path: string;
              /** What is added. */
              readonly value: unknown;
            }[]
          | undefined;
        /** Paths of properties, or of items by their index. */
        readonly remove?: readonly string[] | undefined;
        /** What is done to instances that are on the model already. */
        readonly force?: 'reimage' | 'restart' | 'redeploy' | undefined;
        /** Managed data disks of single instances, while these run. */
        readonly dataDisks?:
          | {
              /** Disks to attach. */
              readonly attach?:
                | readonly {
                    /** Id of the instance. */
                    readonly instance: string;
                    /** Resource id of the disk. */
                    readonly diskId: string;
                    /** Logical unit number; the lowest free one without it. */
                    readonly lun?: number | undefined;
                    /** Caching of the host. */
                    readonly caching?: 'None' | 'ReadOnly' | 'ReadWrite' | undefined;
                    /** What becomes of the disk with its instance. */
                    readonly deleteOption?: 'Delete' | 'Detach' | undefined;
                    /** Whether writes are accelerated. */
                    readonly writeAcceleratorEnabled?: boolean | undefined;
                  }[]
                | undefined;
              /** Disks to detach, each by its number or its id. */
              readonly detach?:
                | readonly {
                    /** Id of the instance. */
                    readonly instance: string;
                    /** Logical unit number. */
                    readonly lun?: number | undefined;
                    /** Resource id of the disk. */
                    readonly diskId?: string | undefined;
                  }[]
                | undefined;
            }
          | undefined;
        /** Done to each instance instead of a change; `upgrade` brings it to the current model, as an empty change does. */
        readonly action?:
          | 'upgrade'
          | 'reimage'
          | 'restart'
          | 'redeploy'
          | 'deallocate'
          | 'powerOff'
          | 'start'
          | 'protect'
          | 'delete'
          | undefined;
        /** How many instances there are to be; Azure chooses who goes. */
        readonly capacity?: number | undefined;
      }
    | undefined;
  /** Which instances. All of them without it; several kinds must all hold. */
  readonly targets?:
    | {
        /** Update domains. */
        readonly updateDomains?: readonly number[] | undefined;
        /** Fault domains. */
        readonly faultDomains?: readonly number[] | undefined;
        /** Zones. */
        readonly zones?: readonly string[] | undefined;
        /** Ids of instances. */
        readonly instances?: readonly string[] | undefined;
        /** A share of the instances; those that are there already count. In percent. */
        readonly percent?: number | undefined;
        /** Ids of instances that are left alone. */
        readonly exclude?: readonly string[] | undefined;
        /** What becomes of instances that are off; they are skipped without it. */
        readonly deallocated?: 'skip' | 'upgradeCold' | 'startFirst' | undefined;
      }
    | undefined;
  /** In which order, and how many at once. */
  readonly strategy?:
    | {
        /** What makes a batch. Default `"updateDomain"`. */
        readonly batchBy?:
          | 'updateDomain'
          | 'faultDomain'
          | 'zone'
          | 'count'
          | 'percent'
          | 'steps'
          | undefined;
        /** Sizes of the batches, as counts or shares; the last one repeats. */
        readonly steps?: readonly (number | string)[] | undefined;
        /** So many instances are a batch of their own before all others. */
        readonly canary?: number | undefined;
        /** How many may be down at once, as a count or a share of the capacity; the larger of the largest update domain and 20 % without it. */
        readonly maxUnavailable?: number | string | undefined;
        /** Whether the next batch waits for the whole one before, or freed places are refilled. Default `"barrier"`. */
        readonly pacing?: 'barrier' | 'sliding' | undefined;
        /** Which instances come first. Default `"id"`. */
        readonly order?: 'id' | 'unhealthyFirst' | undefined;
        /** A change that is worse for an instance is refused. Default `"reimage"`. */
        readonly mostDisruptiveAllowed?: 'none' | 'restart' | 'reimage' | 'deallocate' | undefined;
        /** Whether a change may be made that no rollback can take back. Default `false`. */
        readonly acceptIrreversible?: boolean | undefined;
      }
    | undefined;
  /** When an instance is well, and how many may not be. */
  readonly health?:
    | {
        /** Whether a set without health extension and probe is refused. Default `false`. */
        readonly requireSignal?: boolean | undefined;
        /** How long an instance must be well without a break. In seconds. Default `30`. */
        readonly stableSeconds?: number | undefined;
        /** How long an instance may take to get well after its operation. In seconds. Default `900`. */
        readonly timeoutSeconds?: number | undefined;
        /** How long an operation of Azure may take. In seconds. Default `5400`. */
        readonly operationTimeoutSeconds?: number | undefined;
        /** A larger share of unhealthy instances in the whole set ends the rollout. In percent. Default `20`. */
        readonly maxUnhealthyInstancePercent?: number | undefined;
        /** A larger share of failed ones among the upgraded is a breach. In percent. Default `0`. */
        readonly maxUnhealthyUpgradedInstancePercent?: number | undefined;
        /** Whether a rollout may begin although the set is not well. Default `false`. */
        readonly fixForward?: boolean | undefined;
      }
    | undefined;
  /** How long a batch is watched after all of it is well. In seconds. Default `0`. */
  readonly soakSeconds?: number | undefined;
  /** Before what somebody has to approve, and who. */
  readonly approvals?:
    | {
        /** Before nothing, the rollout, every batch, or the batches with these numbers. Default `"none"`. */
        readonly before?: 'none' | 'rollout' | 'batch' | readonly number[] | undefined;
        /** How many people have to approve. Default `1`. */
        readonly quorum?: number | undefined;
        /** Whether whoever asked for the rollout may approve it. Default `true`. */
        readonly allowRequester?: boolean | undefined;
        /** How long an approval is waited for. In seconds. Default `86400`. */
        readonly timeoutSeconds?: number | undefined;
        /** What that time ends with. Default `"reject"`. */
        readonly onTimeout?: 'reject' | 'approve' | undefined;
      }
    | undefined;
  /** What a breach does: take everything back, wait for somebody, or end where it stands. Default `"rollback"`. */
  readonly onFailure?: 'rollback' | 'pause' | 'halt' | undefined;
  /** How long the rollout may take; time in which it is paused or waits for people does not count. In seconds. Default `86400`. */
  readonly timeoutSeconds?: number | undefined;
  /** How long missing rights are waited for. In seconds. Default `3600`. */
  readonly accessTimeoutSeconds?: number | undefined;
  /** Whether a set that another service manages may be changed. Default `false`. */
  readonly acceptManaged?: boolean | undefined;
  /** How long a rollback may take. In seconds. Default `86400`. */
  readonly rollbackTimeoutSeconds?: number | undefined;
  /** Hash of the plan that was reviewed: another one is refused. */
  readonly planHash?: string | undefined;
  /** Id of an ended rollout that this one undoes. */
  readonly rollbackOf?: string | undefined;
  /** Id of an ended rollout whose guards this one restores. */
  readonly restoreGuardsOf?: string | undefined;
  /** Why, for people. */
  readonly reason?: string | undefined;
  /** Texts of the caller, which the rollout carries. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
};

export type ActionBody = {
  /** Ids of the instances that are meant; all without them. */
  readonly instances?: readonly string[] | undefined;
  /** Only instances of these update domains. */
  readonly updateDomains?: readonly number[] | undefined;
  /** Of scale: how many instances there are to be. */
  readonly capacity?: number | undefined;
  /** How many may be out of service at once, as a count or a percentage. */
  readonly maxUnavailable?: number | string | undefined;
  /** Whether what cannot be undone is accepted: delete, and scale to fewer. */
  readonly acceptIrreversible?: boolean | undefined;
  /** Hash of the reviewed plan. */
  readonly planHash?: string | undefined;
  /** Why, for people. */
  readonly reason?: string | undefined;
};

export type CommandBody = {
  /** Why, for people. */
  readonly reason?: string | undefined;
  /** Number of the batch that is meant; the one that is open or next without it. */
  readonly batch?: number | undefined;
  /** Ids of the instances that are meant. */
  readonly instances?: readonly string[] | undefined;
  /** Of quarantine: whether others may go down although the floor leaves them no room. */
  readonly belowFloor?: boolean | undefined;
};

export type TakeOverBody = {
  /** Why, for people. */
  readonly reason?: string | undefined;
};

export type FreezeBody = {
  /** Why, for people. */
  readonly reason: string;
};

export type PolicyBody = {
  /** What requesters cannot weaken. */
  readonly policy: {
    /** Subscriptions, resource groups and scale sets in which rollouts are allowed; everywhere without it. */
    readonly allowedScopes?: readonly string[] | undefined;
    /** What specs must ask for at least, by scope. */
    readonly rules?:
      | readonly {
          /** What it is called where a spec is refused by it. */
          readonly name: string;
          /** The scale sets that it is for. */
          readonly scopes: readonly string[];
          /** Before what a person must approve at least. */
          readonly approvalBefore?: 'rollout' | 'batch' | undefined;
          /** How many must approve at least. */
          readonly leastQuorum?: number | undefined;
          /** False where the requester's own approval never counts. */
          readonly requesterApproves?: false | undefined;
          /** The most that a spec may let be down. In percent. */
          readonly maxUnavailablePercent?: number | undefined;
          /** How long each batch carries load at least before the next. In seconds. */
          readonly leastSoakSeconds?: number | undefined;
        }[]
      | undefined;
  };
  /** Why, for people. */
  readonly reason?: string | undefined;
};

export type Rollout = {
  /** Id of the rollout. */
  readonly id: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Where it is. */
  readonly phase:
    | 'paused'
    | 'accepted'
    | 'planning'
    | 'waiting'
    | 'applyingModel'
    | 'upgrading'
    | 'settling'
    | 'soaking'
    | 'rollingBack'
    | 'succeeded'
    | 'rolledBack'
    | 'halted'
    | 'failed'
    | 'refused'
    | 'rejected'
    | 'cancelled';
  /** Who asked for it, by name and object id. */
  readonly requestedBy: string;
  /** Why, in the words of whoever asked. */
  readonly reason: string | null;
  /** Texts of the caller. */
  readonly labels: Readonly<Record<string, string>>;
  /** When it was asked for. */
  readonly createdAt: string;
  /** When its plan was made and it began. */
  readonly startedAt: string | null;
  /** When it ended. */
  readonly endedAt: string | null;
  /** Hash of its plan. */
  readonly planHash: string | null;
  /** There was nothing to do. */
  readonly noop?: boolean;
  /** What this caller may ask of it now; what a wait needs comes first. */
  readonly next: Next[];
  /** What is possible now, and not for this caller. */
  readonly denied?: {
    /** The command. */
    readonly command:
      | 'pause'
      | 'resume'
      | 'approve'
      | 'reject'
      | 'rollback'
      | 'abort'
      | 'retry'
      | 'skip'
      | 'quarantine';
    /** Why not. */
    readonly message: string;
  }[];
  /** What it waits for. */
  readonly waitingFor?: Wait;
  /** Who or what has paused it; in any phase but an ended one. */
  readonly paused?: {
    /** The person; null where a failure did. */
    readonly by: string | null;
    /** Since when. */
    readonly since: string;
    /** Why. */
    readonly reason?: string;
  };
  /** Number of the batch that it is at. */
  readonly batch?: number;
  /** All batches, in order. */
  readonly batches: Batch[];
  /** Batches no longer slide into each other. */
  readonly fellBack?: {
    /** The pacing from then on. */
    readonly to: 'barrier';
    /** Since when. */
    readonly at: string;
    /** Why. */
    readonly message: string;
  };
  /** How many instances are where. */
  readonly instances: {
    /** All targets. */
    readonly total: number;
    /** On the target and well. */
    readonly upgraded: number;
    /** Under way. */
    readonly upgrading: number;
    /** Not begun. */
    readonly pending: number;
    /** Failed. */
    readonly failed: number;
    /** Left out. */
    readonly skipped: number;
    /** Gone from the set meanwhile. */
    readonly gone: number;
    /** Back on what they ran before. */
    readonly rolledBack: number;
  };
  /** Why it failed. */
  readonly failure?: Failure;
  /** What it left other than its goal. */
  readonly left?: {
    /** What the model says now. */
    readonly model: 'before' | 'after' | 'foreign';
    /** Where the instances are. */
    readonly instances: {
      /** On what they ran before. */
      readonly before: string[];
      /** On the target. */
      readonly after: string[];
      /** Nobody can tell. */
      readonly unknown: string[];
      /** Kept for somebody to look into. */
      readonly quarantined?: string[];
    };
    /** Were off before, and run now. */
    readonly started?: string[];
    /** Instances that are kept, and how each is released. */
    readonly quarantined?: Quarantined[];
    /** What was switched off for the rollout and still is. */
    readonly heldGuards: HeldGuard[];
    /** Where the old model named no exact image. */
    readonly pinned?: Pinned;
  };
};

export type RolloutPage = {
  /** Rollouts, the newest first. */
  readonly value: Rollout[];
  /** Address of the next page, where there is one. */
  readonly nextLink?: string;
};

export type Batch = {
  /** Number, from 0. */
  readonly index: number;
  /** What makes it one. */
  readonly name: string;
  /** Where it is. */
  readonly phase:
    | 'pending'
    | 'waiting'
    | 'upgrading'
    | 'settling'
    | 'soaking'
    | 'succeeded'
    | 'failed'
    | 'rolledBack'
    | 'skipped';
  /** Ids of its instances. */
  readonly instances: string[];
  /** When it began. */
  readonly startedAt: string | null;
  /** When it ended. */
  readonly endedAt: string | null;
};

export type Wait = {
  /** What is waited for. */
  readonly kind:
    | 'approval'
    | 'floor'
    | 'operation'
    | 'health'
    | 'soak'
    | 'freeze'
    | 'throttling'
    | 'unreachable'
    | 'access'
    | 'recovery'
    | 'resume';
  /** Number of the batch. */
  readonly batch?: number;
  /** Since when. */
  readonly since: string;
  /** When the wait ends by itself. */
  readonly until?: string;
  /** How often it was asked for in vain. */
  readonly tries?: number;
  /** Why, in one sentence. */
  readonly message: string;
};

export type Next = {
  /** The command. */
  readonly command:
    | 'pause'
    | 'resume'
    | 'approve'
    | 'reject'
    | 'rollback'
    | 'abort'
    | 'retry'
    | 'skip'
    | 'quarantine';
  /** The batch to name with it. */
  readonly batch?: number;
  /** The instances to name with it. */
  readonly instances?: string[];
};

export type Failure = {
  /** What kind of failure. */
  readonly code: string;
  /** In one sentence. */
  readonly message: string;
  /** What to do next. */
  readonly remedy?: string;
  /** Ids of the instances that failed. */
  readonly instances?: string[];
  /** The instances by what they failed of, the commonest first. */
  readonly causes?: {
    /** What kind of failure. */
    readonly code: string;
    /** In one sentence. */
    readonly message: string;
    /** Ids of the instances. */
    readonly instances: string[];
  }[];
};

export type HeldGuard = {
  /** What is switched off. */
  readonly guard: 'upgradePolicy' | 'automaticRepairs' | 'automaticOsUpgrade';
  /** What it was before. */
  readonly was: string;
  /** What restores it. */
  readonly remedy: string;
};

export type Quarantined = {
  /** Id of the instance. */
  readonly instance: string;
  /** Who keeps it. */
  readonly by: string;
  /** Since when. */
  readonly since: string;
  /** Why. */
  readonly reason?: string;
  /** Whether others may go down although the floor leaves them no room. */
  readonly belowFloor?: true;
  /** What releases it. */
  readonly remedy: string;
};

export type Pinned = {
  /** Path of the property. */
  readonly path: string;
  /** What the old model said. */
  readonly was: string;
  /** What it says now. */
  readonly now: string;
  /** Instances that ran something else. */
  readonly others: {
    /** What they ran. */
    readonly image: string;
    /** Their ids. */
    readonly instances: string[];
  }[];
};

export type Plan = {
  /** Hash of the plan, as a spec names it. */
  readonly planHash: string;
  /** Hash of the plan: a spec that names it is carried out just so, or refused. */
  readonly hash: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** What is written to the model. */
  readonly delta: PropertyChange[];
  /** How disruptive the change is for an instance. */
  readonly class: 'none' | 'restart' | 'reimage' | 'deallocate' | 'impossible';
  /** Batches, in order. */
  readonly batches: PlannedBatch[];
  /** How many instances always serve. */
  readonly floor: number;
  /** Instances that are left out. */
  readonly skipped: {
    /** Id of the instance. */
    readonly instance: string;
    /** Why. */
    readonly reason: string;
  }[];
  /** What it will probably take. */
  readonly expected: {
    /** Its time. In seconds. */
    readonly seconds: number;
    /** Requests to Azure Resource Manager. */
    readonly armRequests: number;
  };
  /** What to know before it begins. */
  readonly warnings: Warning[];
  /** What is done to an instance, in this order. */
  readonly actions: (
    | 'upgrade'
    | 'reimage'
    | 'restart'
    | 'redeploy'
    | 'deallocate'
    | 'powerOff'
    | 'start'
    | 'dataDisks'
    | 'protect'
    | 'delete'
  )[];
  /** Ids of instances that are on the target already and get only the forced action. */
  readonly forced: string[];
  /** The forced action. */
  readonly force?:
    | 'upgrade'
    | 'reimage'
    | 'restart'
    | 'redeploy'
    | 'deallocate'
    | 'powerOff'
    | 'start'
    | 'dataDisks'
    | 'protect'
    | 'delete';
  /** Disks that single instances get or lose. */
  readonly dataDisks?: InstanceDisks[];
  /** Ids of instances that get only their disks. */
  readonly onlyDisks?: string[];
  /** Disks come before the model. */
  readonly disksFirst?: boolean;
  /** Paths that the undone rollout has written and nobody can put back. */
  readonly irreversible?: string[];
  /** What no rollback could put back. */
  readonly unrecoverable?: {
    /** Path of the property. */
    readonly path: string;
    /** Why not. */
    readonly why: string;
  }[];
  /** Instances that are off, or are to be off again. */
  readonly switchedOff?: {
    /** Id of the instance. */
    readonly instance: string;
    /** How it is off. */
    readonly power: 'deallocated' | 'stopped';
    /** What is done about it. */
    readonly as: 'cold' | 'started' | 'offAgain';
  }[];
  /** What is switched off meanwhile. */
  readonly guards: {
    /** The upgrade policy, as it was. */
    readonly policy?: string;
    /** Automatic repairs. */
    readonly repairs?: true;
    /** Automatic OS upgrades. */
    readonly osUpgrades?: true;
  };
  /** What an earlier rollout left switched off, and this one restores. */
  readonly restores?: {
    /** The upgrade policy, as it was. */
    readonly policy?: string;
    /** Automatic repairs. */
    readonly repairs?: true;
    /** Automatic OS upgrades. */
    readonly osUpgrades?: true;
  };
  /** Ids of targets that do not serve: the first batch begins with them. */
  readonly unserving?: string[];
};

export type PropertyChange = {
  /** Path of the property. */
  readonly path: string;
  /** Its value before. */
  readonly before: unknown;
  /** Its value after; a secret is shown as `(secret)`. */
  readonly after: unknown;
  /** How disruptive the change is for an instance. */
  readonly class: 'none' | 'restart' | 'reimage' | 'deallocate' | 'impossible';
  /** The extension that it belongs to. */
  readonly extension?: string;
  /** Its value is a secret, and shown nowhere. */
  readonly isSecret?: true;
};

export type PlannedBatch = {
  /** Number, from 0. */
  readonly index: number;
  /** What makes it one. */
  readonly name: string;
  /** Ids of its instances. */
  readonly instances: string[];
  /** A trial before the others. */
  readonly canary?: true;
};

export type InstanceDisks = {
  /** Id of the instance. */
  readonly instance: string;
  /** Disks that it gets. */
  readonly attach: {
    /** Resource id of the disk. */
    readonly diskId: string;
    /** Logical unit number. */
    readonly lun: number;
    /** Caching of the host. */
    readonly caching?: string;
    /** What becomes of the disk with its instance. */
    readonly deleteOption?: string;
    /** Whether writes are accelerated. */
    readonly writeAcceleratorEnabled?: boolean;
  }[];
  /** Disks that it loses. */
  readonly detach: {
    /** Resource id of the disk. */
    readonly diskId: string;
    /** Logical unit number. */
    readonly lun: number;
    /** Caching of the host. */
    readonly caching?: string;
    /** What becomes of the disk with its instance. */
    readonly deleteOption?: string;
    /** Whether writes are accelerated. */
    readonly writeAcceleratorEnabled?: boolean;
  }[];
};

export type Warning = {
  /** What is warned of; a newer app may know more. */
  readonly code: string;
  /** In one sentence. */
  readonly message: string;
};

export type RollbackPlan = {
  /** Id of the rollout. */
  readonly rolloutId: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** What would be written to the model. */
  readonly delta: PropertyChange[];
  /** Disks that single instances would get back or lose. */
  readonly dataDisks?: InstanceDisks[];
  /** How disruptive the change is for an instance. */
  readonly class: 'none' | 'restart' | 'reimage' | 'deallocate' | 'impossible';
  /** In the order in which they would be rolled back. */
  readonly batches: PlannedBatch[];
  /** How many instances would always serve. */
  readonly floor: number;
  /** What no rollback could put back. */
  readonly unrecoverable: {
    /** Path of the property. */
    readonly path: string;
    /** Why not. */
    readonly why: string;
  }[];
  /** What it will probably take. */
  readonly expected: {
    /** Its time. In seconds. */
    readonly seconds: number;
    /** Requests to Azure Resource Manager. */
    readonly armRequests: number;
  };
  /** What to know before. */
  readonly warnings: Warning[];
};

export type Instance = {
  /** Id of the instance. */
  readonly instanceId: string;
  /** Its name. */
  readonly name: string;
  /** Its update domain. */
  readonly updateDomain: number | null;
  /** Its fault domain. */
  readonly faultDomain: number | null;
  /** Its zone. */
  readonly zone: string | null;
  /** Number of its batch. */
  readonly batch: number;
  /** Where it is. */
  readonly phase:
    | 'pending'
    | 'upgrading'
    | 'settling'
    | 'succeeded'
    | 'failed'
    | 'skipped'
    | 'gone'
    | 'quarantined'
    | 'rolledBack'
    | 'unknown';
  /** Its image. */
  readonly image: {
    /** What it ran before. */
    readonly before: string;
    /** What it runs. */
    readonly now: string;
  };
  /** Whether Azure says that it is on the model. */
  readonly latestModelApplied: boolean | null;
  /** Its provisioning state. */
  readonly provisioningState: string | null;
  /** Its power state. */
  readonly power: string | null;
  /** Its health. */
  readonly health: string | null;
  /** How often the rollout has written to it. */
  readonly attempts: number;
  /** How it failed. */
  readonly failure?: InstanceFailure;
  /** It is kept for somebody to look into. */
  readonly quarantine?: {
    /** Who keeps it. */
    readonly by: string;
    /** Since when. */
    readonly since: string;
    /** Why. */
    readonly reason?: string;
    /** Whether others may go down although the floor leaves them no room. */
    readonly belowFloor?: true;
    /** Whether Azure protects it by now. */
    readonly isProtected?: true;
  };
  /** How it failed before that. */
  readonly earlierFailures?: InstanceFailure[];
  /** When this was last written. */
  readonly updatedAt: string;
};

export type Instances = {
  /** Instances, by their id. */
  readonly value: Instance[];
};

export type InstanceFailure = {
  /** What kind of failure. */
  readonly code: string;
  /** In one sentence. */
  readonly message: string;
  /** What the instance showed then. */
  readonly evidence?: Evidence;
};

export type Evidence = {
  /** When it was looked at. */
  readonly seenAt: string;
  /** Its provisioning state. */
  readonly provisioning: {
    /** The state. */
    readonly state: string;
    /** In the service's words. */
    readonly message?: string;
    /** When the service saw it. */
    readonly at?: string;
    /** The code of the status. */
    readonly code?: string;
  };
  /** Its power state. */
  readonly power: string | null;
  /** Its guest agent. */
  readonly agent: {
    /** The state. */
    readonly state: string;
    /** In the service's words. */
    readonly message?: string;
    /** When the service saw it. */
    readonly at?: string;
  } | null;
  /** Its health signal. */
  readonly health: {
    /** The state. */
    readonly state: string;
    /** In the service's words. */
    readonly message?: string;
    /** When the service saw it. */
    readonly at?: string;
  } | null;
  /** Its extensions, the failed ones first. */
  readonly extensions: {
    /** Name of the extension. */
    readonly name: string;
    /** The state. */
    readonly state: string;
    /** In the service's words. */
    readonly message?: string;
    /** When the service saw it. */
    readonly at?: string;
  }[];
  /** The image that it runs. */
  readonly image: string;
  /** Whether Azure says that it is on the model. */
  readonly latestModelApplied: boolean;
  /** How often the rollout has written to it. */
  readonly attempts: number;
  /** The rollout's last write to it. */
  readonly write?: {
    /** What was asked. */
    readonly action: string;
    /** What became of it. */
    readonly status: string;
    /** When it was about to be sent. */
    readonly intendedAt: string;
    /** When Azure accepted it. */
    readonly acceptedAt?: string;
    /** When it ended. */
    readonly endedAt?: string;
    /** Azure Resource Manager's own id of the request. */
    readonly requestId?: string;
    /** What Azure says went wrong. */
    readonly error?: {
      /** Its code. */
      readonly code: string;
      /** In its words. */
      readonly message: string;
    };
  };
  /** By when it had to be healthy. */
  readonly healthyBy?: string;
};

export type Event = {
  /** Number, from 1. */
  readonly sequence: number;
  /** When. */
  readonly time: string;
  /** What happened; a newer app may know more kinds. */
  readonly kind: string;
  /** In one sentence. */
  readonly message: string;
  /** Number of the batch. */
  readonly batch?: number;
  /** Ids of the instances. */
  readonly instances?: string[];
  /** Who caused it. */
  readonly by?: string;
  /** ETag of the scale set that was written. */
  readonly etag?: string;
  /** Azure Resource Manager's own id of the request. */
  readonly requestId?: string;
  /** Of a write that Azure did not take: the HTTP status. */
  readonly status?: number;
  /** And its code. */
  readonly code?: string;
};

export type Events = {
  /** Events, the oldest first. */
  readonly value: Event[];
};

export type Explanation = {
  /** Id of the rollout. */
  readonly id: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Where it is. */
  readonly phase:
    | 'paused'
    | 'accepted'
    | 'planning'
    | 'waiting'
    | 'applyingModel'
    | 'upgrading'
    | 'settling'
    | 'soaking'
    | 'rollingBack'
    | 'succeeded'
    | 'rolledBack'
    | 'halted'
    | 'failed'
    | 'refused'
    | 'rejected'
    | 'cancelled';
  /** The same in one sentence. */
  readonly standing: string;
  /** What it waits for. */
  readonly waits: Wait | null;
  /** What a person may ask of it now. */
  readonly next: Next[];
  /** The same as command lines. */
  readonly possible: string[];
  /** What was done. */
  readonly done: {
    /** What the model says now. */
    readonly model: 'before' | 'after' | 'restored';
    /** Every write, and what became of it. */
    readonly operations: Operation[];
    /** Every event, the oldest first. */
    readonly events: Event[];
  };
  /** What would be left if it ended now. */
  readonly left: {
    /** What the model would say. */
    readonly model: 'before' | 'after' | 'foreign';
    /** Ids of instances, by where they are. */
    readonly instances: Readonly<Record<string, string[]>>;
    /** Were off before, and run now. */
    readonly started?: string[];
    /** Instances that are kept, and how each is released. */
    readonly quarantined?: Quarantined[];
    /** What is switched off for the rollout. */
    readonly heldGuards?: HeldGuard[];
    /** Where the old model named no exact image. */
    readonly pinned?: Pinned;
  };
  /** Why it failed. */
  readonly failure: Failure | null;
  /** Every failure of an instance. */
  readonly failures: {
    /** Id of the instance. */
    readonly instanceId: string;
    /** Its name. */
    readonly name: string;
    /** Number of its batch. */
    readonly batch: number;
    /** What kind of failure. */
    readonly code: string;
    /** In one sentence. */
    readonly message: string;
    /** What the instance showed then. */
    readonly evidence?: Evidence;
  }[];
  /** The plan that it was made with. */
  readonly plan: Plan | null;
  /** What a rollback would do now. */
  readonly rollback: RollbackPlan | null;
  /** How to undo it without this app. */
  readonly undo: {
    /** Command lines of `az`. */
    readonly commands: string[];
    /** The same for what is switched off. */
    readonly guards: string[];
    /** What no rollback could put back. */
    readonly unrecoverable: {
      /** Path of the property. */
      readonly path: string;
      /** Why not. */
      readonly why: string;
    }[];
  };
};

export type Operation = {
  /** Its name in the rollout. */
  readonly key: string;
  /** What is written. */
  readonly kind: 'model' | 'upgrade' | 'guard' | 'protection';
  /** What is done to the instances. */
  readonly action?:
    | 'upgrade'
    | 'reimage'
    | 'restart'
    | 'redeploy'
    | 'deallocate'
    | 'powerOff'
    | 'start'
    | 'dataDisks'
    | 'protect'
    | 'delete';
  /** The part of the model that is written. */
  readonly part?: string;
  /** Where the rollout was heading. */
  readonly direction: 'forward' | 'rollback' | 'stop';
  /** Number of the batch. */
  readonly batch?: number;
  /** Ids of the instances. */
  readonly instances: string[];
  /** What became of it. */
  readonly status:
    | 'intended'
    | 'unknown'
    | 'accepted'
    | 'withheld'
    | 'lost'
    | 'refused'
    | 'succeeded'
    | 'failed'
    | 'preempted'
    | 'abandoned';
  /** When it was about to be sent. */
  readonly intendedAt: string;
  /** When its answer came. */
  readonly answeredAt?: string;
  /** When Azure accepted it. */
  readonly acceptedAt?: string;
  /** When it ended. */
  readonly endedAt?: string;
  /** How long it ran by the service's own word. In seconds. */
  readonly ranSeconds?: number;
  /** Why the last request about it had no answer. */
  readonly silence?: string;
  /** Why it cannot be followed where the service said. */
  readonly untracked?: {
    /** The code. */
    readonly code: string;
    /** In the service's words. */
    readonly message: string;
  };
  /** Azure Resource Manager's own id of the request. */
  readonly requestId?: string;
  /** ETag that the write gave the scale set. */
  readonly etag?: string;
  /** What Azure says went wrong. */
  readonly error?: {
    /** The code. */
    readonly code: string;
    /** In the service's words. */
    readonly message: string;
  };
  /** Others may still have been running, on purpose. */
  readonly sliding?: true;
  /** Refused because another write to the set was under way. */
  readonly conflict?: true;
};

export type ScaleSetSummary = {
  /** Resource id. */
  readonly id: string;
  /** Its subscription. */
  readonly subscriptionId: string;
  /** Its resource group. */
  readonly resourceGroup: string;
  /** Its name. */
  readonly name: string;
  /** Its region. */
  readonly location: string;
  /** Its zones. */
  readonly zones: string[];
  /** The size of the model. */
  readonly vmSize: string | null;
  /** How many instances it is to have. */
  readonly capacity: number | null;
  /** Its orchestration mode. */
  readonly orchestrationMode: string;
  /** Its upgrade policy. */
  readonly upgradePolicy: string | null;
  /** The image of the model, as Azure shows it; none where it is the address of a disk. */
  readonly image: Readonly<Record<string, string>> | null;
  /** Its provisioning state. */
  readonly provisioningState: string;
  /** Id of the rollout that holds it. */
  readonly heldBy: string | null;
};

export type ScaleSets = {
  /** Scale sets, by their id. */
  readonly value: ScaleSetSummary[];
  /** Subscriptions that refused. */
  readonly unreadable?: {
    /** The subscription. */
    readonly subscriptionId: string;
    /** The code. */
    readonly code: string;
    /** In the service's words. */
    readonly message: string;
  }[];
};

export type ScaleSet = {
  /** Resource id. */
  readonly id: string;
  /** Its subscription. */
  readonly subscriptionId: string;
  /** Its resource group. */
  readonly resourceGroup: string;
  /** Its name. */
  readonly name: string;
  /** Its region. */
  readonly location: string;
  /** Its zones. */
  readonly zones: string[];
  /** The size of the model. */
  readonly vmSize: string | null;
  /** How many instances it is to have. */
  readonly capacity: number | null;
  /** Its orchestration mode. */
  readonly orchestrationMode: string;
  /** Its upgrade policy. */
  readonly upgradePolicy: string | null;
  /** The image of the model, as Azure shows it; none where it is the address of a disk. */
  readonly image: Readonly<Record<string, string>> | null;
  /** Its provisioning state. */
  readonly provisioningState: string;
  /** Id of the rollout that holds it. */
  readonly heldBy: string | null;
  /** Its ETag. */
  readonly etag: string;
  /** Its model as Azure sends it, without secrets; not in a summary. */
  readonly model: unknown;
  /** Its instance view as Azure sends it; not in a summary. */
  readonly instanceView: unknown;
};

export type ScaleSetInstance = {
  /** Id of the instance. */
  readonly instanceId: string;
  /** Its name. */
  readonly name: string;
  /** Id of the virtual machine; another one after it was deleted and made again. */
  readonly vmId: string | null;
  /** Its update domain. */
  readonly updateDomain: number | null;
  /** Its fault domain. */
  readonly faultDomain: number | null;
  /** Its zone. */
  readonly zone: string | null;
  /** Its placement group. */
  readonly placementGroup: string | null;
  /** Its size. */
  readonly vmSize: string | null;
  /** Whether Azure says that it is on the model. */
  readonly latestModelApplied: boolean;
  /** The image that it runs. */
  readonly image: string;
  /** Its provisioning state. */
  readonly provisioningState: string;
  /** Its power state. */
  readonly power: string | null;
  /** Its health signal. */
  readonly health: string | null;
  /** Its guest agent. */
  readonly agent: string | null;
  /** What it is protected from. */
  readonly protection: {
    /** From actions of the scale set. */
    readonly fromScaleSetActions: boolean;
    /** From scale-in. */
    readonly fromScaleIn: boolean;
  };
  /** Its model as Azure sends it, without secrets; not in a summary. */
  readonly model?: unknown;
  /** Its instance view as Azure sends it; not in a summary. */
  readonly instanceView?: unknown;
};

export type ScaleSetInstances = {
  /** Instances, as Azure lists them. */
  readonly value: ScaleSetInstance[];
};

export type Lease = {
  /** Id of the lease. */
  readonly id: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Id of the rollout that holds it. */
  readonly rolloutId: string;
  /** Its fencing token, which grows with every holder. */
  readonly token: number;
  /** Since when. */
  readonly since: string;
  /** Where the rollout is. */
  readonly phase:
    | 'paused'
    | 'accepted'
    | 'planning'
    | 'waiting'
    | 'applyingModel'
    | 'upgrading'
    | 'settling'
    | 'soaking'
    | 'rollingBack'
    | 'succeeded'
    | 'rolledBack'
    | 'halted'
    | 'failed'
    | 'refused'
    | 'rejected'
    | 'cancelled'
    | null;
  /** How the holder is. */
  readonly state: 'live' | 'starting' | 'unknown' | 'ended' | 'noRecord' | 'notRunning';
  /** In one sentence. */
  readonly message: string;
  /** Whether it can be taken from its holder. */
  readonly canTakeOver: boolean;
  /** What does that. */
  readonly remedy: string | null;
  /** What is switched off for the rollout. */
  readonly heldGuards: HeldGuard[];
};

export type Leases = {
  /** Leases that are held. */
  readonly value: Lease[];
  /** What ended rollouts left switched off. */
  readonly guardsLeft: {
    /** Id of the rollout. */
    readonly rolloutId: string;
    /** Resource id of the scale set. */
    readonly scaleSet: string;
    /** What is switched off. */
    readonly guard: 'upgradePolicy' | 'automaticRepairs' | 'automaticOsUpgrade';
    /** What it was before. */
    readonly was: string;
    /** What restores it. */
    readonly remedy: string;
  }[];
};

export type TakenOver = {
  /** Id of the lease. */
  readonly id: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Its fencing token now. */
  readonly token: number;
  /** Since when. */
  readonly since: string;
  /** Id of the rollout that holds it now. */
  readonly rolloutId: string | null;
  /** Id of the rollout that held it. */
  readonly from?: string;
  /** What was done: the workflow started again, the set freed, or nothing. */
  readonly action: 'restarted' | 'freed' | 'none';
};

export type Freeze = {
  /** Whether all writes are stopped. */
  readonly frozen: boolean;
  /** Who stopped them. */
  readonly by?: string;
  /** Since when. */
  readonly since?: string;
  /** Why. */
  readonly reason?: string;
  /** Who ever stopped them and let them go on, the oldest first. */
  readonly acts: {
    /** Number, from 1. */
    readonly sequence: number;
    /** What was done. */
    readonly kind: 'freeze' | 'lift';
    /** Who did it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** Why. */
    readonly reason: string;
  }[];
};

export type FreezeState = {
  /** Whether all writes are stopped. */
  readonly frozen: boolean;
  /** Who stopped them. */
  readonly by?: string;
  /** Since when. */
  readonly since?: string;
  /** Why. */
  readonly reason?: string;
};

export type PolicyState = {
  /** What requesters cannot weaken. */
  readonly policy: {
    /** Subscriptions, resource groups and scale sets in which rollouts are allowed; everywhere without it. */
    readonly allowedScopes?: string[];
    /** What specs must ask for at least, by scope. */
    readonly rules: {
      /** What it is called where a spec is refused by it. */
      readonly name: string;
      /** The scale sets that it is for. */
      readonly scopes: string[];
      /** Before what a person must approve at least. */
      readonly approvalBefore?: 'rollout' | 'batch';
      /** How many must approve at least. */
      readonly leastQuorum?: number;
      /** False where the requester's own approval never counts. */
      readonly requesterApproves?: false;
      /** The most that a spec may let be down. In percent. */
      readonly maxUnavailablePercent?: number;
      /** How long each batch carries load at least before the next. In seconds. */
      readonly leastSoakSeconds?: number;
    }[];
  };
};

export type PolicyView = {
  /** What requesters cannot weaken. */
  readonly policy: {
    /** Subscriptions, resource groups and scale sets in which rollouts are allowed; everywhere without it. */
    readonly allowedScopes?: string[];
    /** What specs must ask for at least, by scope. */
    readonly rules: {
      /** What it is called where a spec is refused by it. */
      readonly name: string;
      /** The scale sets that it is for. */
      readonly scopes: string[];
      /** Before what a person must approve at least. */
      readonly approvalBefore?: 'rollout' | 'batch';
      /** How many must approve at least. */
      readonly leastQuorum?: number;
      /** False where the requester's own approval never counts. */
      readonly requesterApproves?: false;
      /** The most that a spec may let be down. In percent. */
      readonly maxUnavailablePercent?: number;
      /** How long each batch carries load at least before the next. In seconds. */
      readonly leastSoakSeconds?: number;
    }[];
  };
  /** Every version, the oldest first. */
  readonly versions: {
    /** Its number. */
    readonly number: number;
    /** Who wrote it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** Why, for people. */
    readonly reason?: string;
    /** What requesters cannot weaken. */
    readonly policy: {
      /** Subscriptions, resource groups and scale sets in which rollouts are allowed; everywhere without it. */
      readonly allowedScopes?: string[];
      /** What specs must ask for at least, by scope. */
      readonly rules: {
        /** What it is called where a spec is refused by it. */
        readonly name: string;
        /** The scale sets that it is for. */
        readonly scopes: string[];
        /** Before what a person must approve at least. */
        readonly approvalBefore?: 'rollout' | 'batch';
        /** How many must approve at least. */
        readonly leastQuorum?: number;
        /** False where the requester's own approval never counts. */
        readonly requesterApproves?: false;
        /** The most that a spec may let be down. In percent. */
        readonly maxUnavailablePercent?: number;
        /** How long each batch carries load at least before the next. In seconds. */
        readonly leastSoakSeconds?: number;
      }[];
    };
  }[];
};

export type Caller = {
  /** Whether it is a person or an application. */
  readonly kind: 'user' | 'application';
  /** The name by which the caller is known. */
  readonly name: string;
  /** The app roles of the caller. */
  readonly roles: ('viewer' | 'requester' | 'approver' | 'operator' | 'admin')[];
};

export type Health = {
  /** The app is ready. */
  readonly status: 'ok';
  /** Its version. */
  readonly version: string;
};

export type Problem = {
  /** Always `about:blank`; `code` says what kind it is. */
  readonly type: string;
  /** The status in words. */
  readonly title: string;
  /** The status. */
  readonly status: number;
  /** What kind of problem. */
  readonly code: string;
  /** In one sentence. */
  readonly detail: string;
  /** Fields that are wrong. */
  readonly errors?: {
    /** Path of the field. */
    readonly path: string;
    /** What is wrong with it. */
    readonly message: string;
  }[];
  /** What to do next. */
  readonly remedy?: string;
  /** Id of the rollout that it is about. */
  readonly rolloutId?: string;
};

export interface Operations {
  readonly startRollout: { readonly given: { readonly body: RolloutSpec }; readonly answer: Rollout };
  readonly getRollouts: {
    readonly given: {
      readonly query?: {
        readonly scaleSet?: string | undefined;
        readonly phase?:
          | 'paused'
          | 'accepted'
          | 'planning'
          | 'waiting'
          | 'applyingModel'
          | 'upgrading'
          | 'settling'
          | 'soaking'
          | 'rollingBack'
          | 'succeeded'
          | 'rolledBack'
          | 'halted'
          | 'failed'
          | 'refused'
          | 'rejected'
          | 'cancelled'
          | undefined;
        readonly top?: number | undefined;
        readonly skipToken?: string | undefined;
      };
    };
    readonly answer: RolloutPage;
  };
  readonly makePlan: { readonly given: { readonly body: RolloutSpec }; readonly answer: Plan };
  readonly getRollout: {
    readonly given: { readonly path: { readonly id: string } };
    readonly answer: Rollout;
  };
  readonly getPlan: { readonly given: { readonly path: { readonly id: string } }; readonly answer: Plan };
  readonly getInstances: {
    readonly given: { readonly path: { readonly id: string } };
    readonly answer: Instances;
  };
  readonly getEvents: { readonly given: { readonly path: { readonly id: string } }; readonly answer: Events };
  readonly getRollbackPlan: {
    readonly given: { readonly path: { readonly id: string } };
    readonly answer: RollbackPlan;
  };
  readonly explainRollout: {
    readonly given: { readonly path: { readonly id: string } };
    readonly answer: Explanation;
  };
  readonly getScaleSets: { readonly given: Readonly<Record<never, never>>; readonly answer: ScaleSets };
  readonly getScaleSet: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
    };
    readonly answer: ScaleSet;
  };
  readonly getScaleSetInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly query?: { readonly view?: 'summary' | undefined };
    };
    readonly answer: ScaleSetInstances;
  };
  readonly getScaleSetInstance: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
        readonly instanceId: string;
      };
    };
    readonly answer: ScaleSetInstance;
  };
  readonly getCaller: { readonly given: Readonly<Record<never, never>>; readonly answer: Caller };
  readonly getLeases: { readonly given: Readonly<Record<never, never>>; readonly answer: Leases };
  readonly takeLeaseOver: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: TakeOverBody };
    readonly answer: TakenOver;
  };
  readonly getFreeze: { readonly given: Readonly<Record<never, never>>; readonly answer: Freeze };
  readonly freeze: { readonly given: { readonly body: FreezeBody }; readonly answer: FreezeState };
  readonly liftFreeze: { readonly given: { readonly body: FreezeBody }; readonly answer: FreezeState };
  readonly getPolicy: { readonly given: Readonly<Record<never, never>>; readonly answer: PolicyView };
  readonly setPolicy: { readonly given: { readonly body: PolicyBody }; readonly answer: PolicyState };
  readonly getOpenApi: { readonly given: Readonly<Record<never, never>>; readonly answer: unknown };
  readonly getApiPage: { readonly given: Readonly<Record<never, never>>; readonly answer: unknown };
  readonly getPage: {
    readonly given: { readonly path: { readonly path: string } };
    readonly answer: unknown;
  };
  readonly getHealth: { readonly given: Readonly<Record<never, never>>; readonly answer: Health };
  readonly upgradeInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly reimageInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly restartInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly redeployInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly deallocateInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly powerOffInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly startInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly protectInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly deleteInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly scaleInstances: {
    readonly given: {
      readonly path: {
        readonly subscriptionId: string;
        readonly resourceGroup: string;
        readonly name: string;
      };
      readonly body?: ActionBody;
    };
    readonly answer: Rollout;
  };
  readonly pauseRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
  readonly resumeRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
  readonly approveRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
  readonly rejectRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
  readonly rollbackRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
  readonly abortRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
  readonly retryRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
  readonly skipRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
  readonly quarantineRollout: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CommandBody };
    readonly answer: Rollout;
  };
}

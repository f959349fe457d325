// Made by npm run api -- --write from the schemas of the app; not to be edited by hand.

export type RolloutSpec = {
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** What to change. If it is left out, every instance is brought to the current model. */
  readonly change?:
    | {
        /** The image: a marketplace image, or an image by its id or address. */
        readonly image?:
          | {
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version: string;
            }
          | {
              /** SKU of that offer, or of the current offer. */
              readonly sku: string;
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version?: string | undefined;
            }
          | {
              /** Publisher of another marketplace image; needs `offer` and `sku` too. */
              readonly publisher: string;
              /** Offer of that publisher. */
              readonly offer: string;
              /** SKU of that offer, or of the current offer. */
              readonly sku: string;
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version?: string | undefined;
            }
          | {
              /** Resource id of a managed image or of a gallery image version. */
              readonly id: string;
            }
          | {
              /** Address of a custom image, for scale sets with unmanaged disks. */
              readonly uri: string;
            }
          | undefined;
        /** VM size. */
        readonly vmSize?: string | undefined;
        /** Extensions that the scale set already has; each is written through its own resource. */
        readonly extensions?:
          | readonly {
              /** Name of the extension in the model. */
              readonly name: string;
              /** Replaces all of the old settings. */
              readonly settings?: Readonly<Record<string, unknown>> | undefined;
              /** Replaces all of the old protected settings; never shown. */
              readonly protectedSettings?: Readonly<Record<string, unknown>> | undefined;
              /** A new value makes the extension run again. */
              readonly forceUpdateTag?: string | undefined;
            }[]
          | undefined;
        /** Settings that only a new OS disk picks up: instances are reimaged. */
        readonly osProfile?:
          | {
              /** Custom data in base 64. */
              readonly customData?: string | undefined;
              /** Name of the administrator. */
              readonly adminUsername?: string | undefined;
              /** Password of the administrator; never shown. */
              readonly adminPassword?: string | undefined;
            }
          | undefined;
        /** Values by path, as `az vmss update --set` takes them. */
        readonly set?: Readonly<Record<string, unknown>> | undefined;
        /** Values to add to lists: an object by path, or a list of path and value. */
        readonly add?:
          | Readonly<Record<string, unknown>>
          | readonly {
              /** Path of the list. */
              readonly path: string;
              /** The value to add. */
              readonly value: unknown;
            }[]
          | undefined;
        /** Paths of properties or list items to remove. */
        readonly remove?: readonly string[] | undefined;
        /** The action on instances that are already on the model. */
        readonly force?: 'reimage' | 'restart' | 'redeploy' | undefined;
        /** Managed data disks of individual instances, which keep running. */
        readonly dataDisks?:
          | {
              /** Disks to attach. */
              readonly attach?:
                | readonly {
                    /** Id of the instance. */
                    readonly instance: string;
                    /** Resource id of the disk. */
                    readonly diskId: string;
                    /** Logical unit number; by default the lowest free one. */
                    readonly lun?: number | undefined;
                    /** Host caching. */
                    readonly caching?: 'None' | 'ReadOnly' | 'ReadWrite' | undefined;
                    /** What happens to the disk when its instance is deleted. */
                    readonly deleteOption?: 'Delete' | 'Detach' | undefined;
                    /** Whether write accelerator is on. */
                    readonly writeAcceleratorEnabled?: boolean | undefined;
                  }[]
                | undefined;
              /** Disks to detach, each by its LUN or its id. */
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
        /** What to do to each instance instead of changing the model; `upgrade` brings it to the current model, as an empty change does. */
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
        /** The new number of instances; Azure chooses which ones go. */
        readonly capacity?: number | undefined;
      }
    | undefined;
  /** Which instances; by default all. An instance must match every kind given. */
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
        /** A share of the instances; those already on the target count. In percent. */
        readonly percent?: number | undefined;
        /** Ids of instances to leave alone. */
        readonly exclude?: readonly string[] | undefined;
        /** What to do with instances that are off; by default they are skipped. */
        readonly deallocated?: 'skip' | 'upgradeCold' | 'startFirst' | undefined;
      }
    | undefined;
  /** The order, and how many at once. */
  readonly strategy?:
    | {
        /** What instances are batched by. Default `"updateDomain"`. */
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
        /** Size of a first batch of its own. */
        readonly canary?: number | undefined;
        /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
        readonly maxUnavailable?: number | string | undefined;
        /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
        readonly pacing?: 'barrier' | 'sliding' | undefined;
        /** Which instances come first. Default `"id"`. */
        readonly order?: 'id' | 'unhealthyFirst' | undefined;
        /** A more disruptive change is refused. Default `"reimage"`. */
        readonly mostDisruptiveAllowed?: 'none' | 'restart' | 'reimage' | 'deallocate' | undefined;
        /** Whether to allow a change that a rollback cannot restore. Default `false`. */
        readonly acceptIrreversible?: boolean | undefined;
      }
    | undefined;
  /** When an instance is healthy, and how many may be unhealthy. */
  readonly health?:
    | {
        /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
        readonly requireSignal?: boolean | undefined;
        /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
        readonly stableSeconds?: number | undefined;
        /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
        readonly timeoutSeconds?: number | undefined;
        /** How long an operation in Azure may take. In seconds. Default `5400`. */
        readonly operationTimeoutSeconds?: number | undefined;
        /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
        readonly maxUnhealthyInstancePercent?: number | undefined;
        /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
        readonly maxUnhealthyUpgradedInstancePercent?: number | undefined;
        /** Whether to start although too many instances are unhealthy. Default `false`. */
        readonly fixForward?: boolean | undefined;
      }
    | undefined;
  /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
  readonly soakSeconds?: number | undefined;
  /** A strategy by its name, instead of strategy, health, soakSeconds, approvals and onFailure. */
  readonly namedStrategy?:
    | {
        /** Its name. */
        readonly name: string;
        /** Its version; by default the one in force when the rollout is accepted. */
        readonly version?: number | undefined;
      }
    | undefined;
  /** When batches may start. A batch that has started is finished, however late it gets. By default at any time. */
  readonly windows?:
    | {
        /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
        readonly timeZone?: string | undefined;
        /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
        readonly open: readonly (
          | {
              /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
              readonly cron: string;
              /** How long it stays open. */
              readonly durationMinutes: number;
            }
          | {
              /** The first time. */
              readonly startDateTime: string;
              /** How long it stays open, in hours and minutes. */
              readonly duration: string;
              /** How often, as in a maintenance configuration. */
              readonly recurEvery: string;
              /** The last day. */
              readonly expirationDateTime?: string | undefined;
            }
        )[];
        /** Days on which no window is open. */
        readonly closedOn?: readonly string[] | undefined;
      }
    | undefined;
  /** No batch starts before this time. */
  readonly startAt?: string | undefined;
  /** window: only the first batch waits for a window, and the others start also after it has closed. */
  readonly startIn?: 'window' | undefined;
  /** What to do while another rollout holds the scale set: refuse, queue, or replace, which is to queue in the place of rollouts of the same pipeline (the label pipeline) that wait. */
  readonly onBusy?: 'refuse' | 'queue' | 'replace' | undefined;
  /** What needs approval, and by whom. */
  readonly approvals?:
    | {
        /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
        readonly before?: 'none' | 'rollout' | 'batch' | readonly number[] | undefined;
        /** How many people must approve. Default `1`. */
        readonly quorum?: number | undefined;
        /** Whether the requester may approve. Default `true`. */
        readonly allowRequester?: boolean | undefined;
        /** How long to wait for approval. In seconds. Default `86400`. */
        readonly timeoutSeconds?: number | undefined;
        /** What happens after that time. Default `"reject"`. */
        readonly onTimeout?: 'reject' | 'approve' | undefined;
        /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
        readonly onDuty?:
          | {
              /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
              readonly timeZone?: string | undefined;
              /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
              readonly open: readonly (
                | {
                    /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                    readonly cron: string;
                    /** How long it stays open. */
                    readonly durationMinutes: number;
                  }
                | {
                    /** The first time. */
                    readonly startDateTime: string;
                    /** How long it stays open, in hours and minutes. */
                    readonly duration: string;
                    /** How often, as in a maintenance configuration. */
                    readonly recurEvery: string;
                    /** The last day. */
                    readonly expirationDateTime?: string | undefined;
                  }
              )[];
              /** Days on which no window is open. */
              readonly closedOn?: readonly string[] | undefined;
            }
          | undefined;
      }
    | undefined;
  /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
  readonly onFailure?: 'rollback' | 'pause' | 'halt' | undefined;
  /** How long the rollout may take, not counting pauses and waits for approval. In seconds. Default `86400`. */
  readonly timeoutSeconds?: number | undefined;
  /** How long to wait for missing access rights. In seconds. Default `3600`. */
  readonly accessTimeoutSeconds?: number | undefined;
  /** Whether to change a scale set that another service manages. Default `false`. */
  readonly acceptManaged?: boolean | undefined;
  /** How long a rollback may take. In seconds. Default `86400`. */
  readonly rollbackTimeoutSeconds?: number | undefined;
  /** Hash of the plan that was reviewed; any other plan is refused. */
  readonly planHash?: string | undefined;
  /** Id of an ended rollout that this one undoes. */
  readonly rollbackOf?: string | undefined;
  /** Id of an ended rollout whose guards this one restores. */
  readonly restoreGuardsOf?: string | undefined;
  /** The reason, for people. */
  readonly reason?: string | undefined;
  /** Labels to keep with the rollout. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
};

export type ActionBody = {
  /** Ids of the instances; by default all. */
  readonly instances?: readonly string[] | undefined;
  /** Only instances of these update domains. */
  readonly updateDomains?: readonly number[] | undefined;
  /** For scale: the new capacity. */
  readonly capacity?: number | undefined;
  /** How many may be down at once, as a count or a percentage. */
  readonly maxUnavailable?: number | string | undefined;
  /** Whether to allow what cannot be undone: delete, and scale to fewer instances. */
  readonly acceptIrreversible?: boolean | undefined;
  /** Hash of the reviewed plan. */
  readonly planHash?: string | undefined;
  /** The reason, for people. */
  readonly reason?: string | undefined;
};

export type CommandBody = {
  /** The reason, for people. */
  readonly reason?: string | undefined;
  /** Index of the batch, from 0; by default the one that is open or next. */
  readonly batch?: number | undefined;
  /** Ids of the instances. */
  readonly instances?: readonly string[] | undefined;
  /** For quarantine: whether other instances may be taken down below the floor. */
  readonly belowFloor?: boolean | undefined;
  /** Of resume: whether batches may start outside the windows from now on; takes an operator. */
  readonly ignoreWindow?: boolean | undefined;
  /** For approve and reject: the hash of the plan that you have looked at; another one is refused. */
  readonly planHash?: string | undefined;
};

export type TakeOverBody = {
  /** The reason, for people. */
  readonly reason?: string | undefined;
};

export type FreezeBody = {
  /** The reason, for people. */
  readonly reason: string;
};

export type PolicyBody = {
  /** What requesters cannot weaken. */
  readonly policy: {
    /** Subscriptions, resource groups and scale sets where rollouts are allowed; by default everywhere. */
    readonly allowedScopes?: readonly string[] | undefined;
    /** Tags that a scale set must have for rollouts, each with one of these values. */
    readonly allowedTags?: Readonly<Record<string, readonly string[]>> | undefined;
    /** What the app or its pipelines run on: rollouts there need the role admin as well. By default nothing. */
    readonly hosts?: readonly string[] | undefined;
    /** Minimum requirements on specs, by scope and tag. */
    readonly rules?:
      | readonly {
          /** Its name, shown when it refuses a spec. */
          readonly name: string;
          /** The scopes that it applies to; with `tags`, only to scale sets that match both. */
          readonly scopes?: readonly string[] | undefined;
          /** It applies to scale sets with these tags, each with one of these values. */
          readonly tags?: Readonly<Record<string, readonly string[]>> | undefined;
          /** What needs approval at least. */
          readonly approvalBefore?: 'rollout' | 'batch' | undefined;
          /** How many people must approve at least. */
          readonly leastQuorum?: number | undefined;
          /** False if the requester's own approval never counts. */
          readonly requesterApproves?: false | undefined;
          /** False if no gate may open without an approval. */
          readonly timeoutApproves?: false | undefined;
          /** The most that a spec may allow to be down. In percent. */
          readonly maxUnavailablePercent?: number | undefined;
          /** The shortest soak that a spec may ask for. In seconds. */
          readonly leastSoakSeconds?: number | undefined;
          /** Object ids of the only applications whose approval counts; by default none. */
          readonly approvingApplications?: readonly string[] | undefined;
        }[]
      | undefined;
    /** Who has which role where. By default app roles apply everywhere. */
    readonly assignments?:
      | readonly {
          /** The role. */
          readonly role: 'viewer' | 'requester' | 'approver' | 'operator' | 'admin';
          /** Holders of these app roles have it. */
          readonly appRoles?:
            | readonly ('viewer' | 'requester' | 'approver' | 'operator' | 'admin')[]
            | undefined;
          /** People, groups and applications that have it, by object id. */
          readonly principals?: readonly string[] | undefined;
          /** Where they have it; by default everywhere. */
          readonly scopes?: readonly string[] | undefined;
          /** Only for scale sets with these tags, each with one of these values. */
          readonly tags?: Readonly<Record<string, readonly string[]>> | undefined;
        }[]
      | undefined;
  };
  /** The reason, for people. */
  readonly reason?: string | undefined;
};

export type NoticesBody = {
  /** Who gets which notices. */
  readonly settings: {
    /** Hosts that notices may be sent to, by name, or `*.` and a domain; nothing is sent anywhere else. */
    readonly hosts?: readonly string[] | undefined;
    /** Where notices can be sent. */
    readonly targets?:
      | readonly {
          /** What it is: a signed webhook, or a channel of Teams or Slack. */
          readonly kind: 'webhook' | 'teams' | 'slack';
          /** Its name, for the routes. */
          readonly name: string;
          /** Address of a webhook: https, on one of the hosts. */
          readonly url?: string | undefined;
          /** App setting with the secret that signs; two, separated by a comma, while one replaces the other. */
          readonly secret?: string | undefined;
          /** App setting with the address of a channel. */
          readonly urlFrom?: string | undefined;
        }[]
      | undefined;
    /** Which notices go where. A notice goes to each target once, however many routes lead there. */
    readonly routes?:
      | readonly {
          /** Names of targets. */
          readonly targets: readonly string[];
          /** Only of these subscriptions, resource groups and scale sets; by default of all. */
          readonly scopes?: readonly string[] | undefined;
          /** Only of rollouts and campaigns with all of these labels. */
          readonly labels?: Readonly<Record<string, string>> | undefined;
          /** Only these kinds; by default all. */
          readonly kinds?:
            | readonly (
                | 'phaseChanged'
                | 'approvalRequested'
                | 'reminder'
                | 'escalation'
                | 'failed'
                | 'recovered'
                | 'ended'
              )[]
            | undefined;
        }[]
      | undefined;
    /** How often a rollout or a campaign that waits for a person reminds of that. In seconds. Default `3600`. */
    readonly remindAfterSeconds?: number | undefined;
    /** After what time it is an escalation. In seconds. Default `14400`. */
    readonly escalateAfterSeconds?: number | undefined;
  };
  /** The reason, for people. */
  readonly reason?: string | undefined;
};

export type ResendBody = {
  /** The reason, for people. */
  readonly reason?: string | undefined;
};

export type ScheduleBody = {
  /** Which scale sets are kept on which image version, and when. */
  readonly schedule: {
    /** Whether it is on. Default `true`. */
    readonly enabled?: boolean | undefined;
    /** Scale sets, in addition to those whose tag `vmss-rollout:schedule` names it. */
    readonly scaleSets?: readonly string[] | undefined;
    /** The image that it is for, as a model names it. Scale sets with another one are left alone; by default each set is kept on the image of its own model. */
    readonly source?:
      | {
          /** Publisher of a platform image. */
          readonly publisher: string;
          /** Its offer. */
          readonly offer: string;
          /** Its sku; by default every one. */
          readonly sku?: string | undefined;
        }
      | {
          /** Resource id of an image in a gallery, without a version. */
          readonly id: string;
        }
      | {
          /** Id of an image in a gallery that is shared with the subscription or the tenant. */
          readonly sharedGalleryImageId: string;
        }
      | {
          /** Id of an image in a community gallery. */
          readonly communityGalleryImageId: string;
        }
      | undefined;
    /** The newest matching version, or the one before it. Default `"newest"`. */
    readonly channel?: 'newest' | 'previous' | undefined;
    /** The oldest version that matches. */
    readonly from?: string | undefined;
    /** Versions from this one on do not match. */
    readonly below?: string | undefined;
    /** Versions that do not match. */
    readonly exclude?: readonly string[] | undefined;
    /** How long a version must have been known to this app. Default `0`. */
    readonly leastAgeHours?: number | undefined;
    /** Groups of scale sets that take a version one after the other; a scale set in none of them is in the last. */
    readonly rings?:
      | readonly {
          /** Its name; a scale set joins it with the tag `vmss-rollout:ring`. */
          readonly name: string;
          /** Scale sets of the ring, in addition to those with the tag. */
          readonly scaleSets?: readonly string[] | undefined;
          /** How long every scale set of the previous ring must have run a version before this ring takes it. Default `24`. */
          readonly cleanHours?: number | undefined;
        }[]
      | undefined;
    /** What else to change along with a version. It is shown to everybody who may look, so it takes no secrets. */
    readonly change?:
      | {
          /** VM size. */
          readonly vmSize?: string | undefined;
          /** Extensions that the scale set already has; each is written through its own resource. */
          readonly extensions?:
            | readonly {
                /** Name of the extension in the model. */
                readonly name: string;
                /** Replaces all of the old settings. */
                readonly settings?: Readonly<Record<string, unknown>> | undefined;
                /** Replaces all of the old protected settings; never shown. */
                readonly protectedSettings?: Readonly<Record<string, unknown>> | undefined;
                /** A new value makes the extension run again. */
                readonly forceUpdateTag?: string | undefined;
              }[]
            | undefined;
          /** Values by path, as `az vmss update --set` takes them. */
          readonly set?: Readonly<Record<string, unknown>> | undefined;
          /** Values to add to lists: an object by path, or a list of path and value. */
          readonly add?:
            | Readonly<Record<string, unknown>>
            | readonly {
                /** Path of the list. */
                readonly path: string;
                /** The value to add. */
                readonly value: unknown;
              }[]
            | undefined;
          /** Paths of properties or list items to remove. */
          readonly remove?: readonly string[] | undefined;
        }
      | undefined;
    /** When it looks; its rollouts then wait for the window. By default every hour while a window is open. */
    readonly looks?:
      | {
          /** Minute, hour, day of the month, month and weekday. */
          readonly cron: string;
          /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
          readonly timeZone?: string | undefined;
        }
      | undefined;
    /** When batches may start. A batch that has started is finished, however late it gets. By default at any time. */
    readonly windows?:
      | {
          /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
          readonly timeZone?: string | undefined;
          /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
          readonly open: readonly (
            | {
                /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                readonly cron: string;
                /** How long it stays open. */
                readonly durationMinutes: number;
              }
            | {
                /** The first time. */
                readonly startDateTime: string;
                /** How long it stays open, in hours and minutes. */
                readonly duration: string;
                /** How often, as in a maintenance configuration. */
                readonly recurEvery: string;
                /** The last day. */
                readonly expirationDateTime?: string | undefined;
              }
          )[];
          /** Days on which no window is open. */
          readonly closedOn?: readonly string[] | undefined;
        }
      | undefined;
    /** How many of its rollouts may be open at once. Default `10`. */
    readonly concurrency?: number | undefined;
    /** Settings of its rollouts, in the fields of a spec. */
    readonly rollout?:
      | {
          /** A strategy by its name, instead of strategy, health, soakSeconds, approvals and onFailure. */
          readonly namedStrategy?:
            | {
                /** Its name. */
                readonly name: string;
                /** Its version; by default the one in force when the rollout is accepted. */
                readonly version?: number | undefined;
              }
            | undefined;
          /** The order, and how many at once. */
          readonly strategy?:
            | {
                /** What instances are batched by. Default `"updateDomain"`. */
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
                /** Size of a first batch of its own. */
                readonly canary?: number | undefined;
                /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
                readonly maxUnavailable?: number | string | undefined;
                /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
                readonly pacing?: 'barrier' | 'sliding' | undefined;
                /** Which instances come first. Default `"id"`. */
                readonly order?: 'id' | 'unhealthyFirst' | undefined;
                /** A more disruptive change is refused. Default `"reimage"`. */
                readonly mostDisruptiveAllowed?: 'none' | 'restart' | 'reimage' | 'deallocate' | undefined;
                /** Whether to allow a change that a rollback cannot restore. Default `false`. */
                readonly acceptIrreversible?: boolean | undefined;
              }
            | undefined;
          /** When an instance is healthy, and how many may be unhealthy. */
          readonly health?:
            | {
                /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
                readonly requireSignal?: boolean | undefined;
                /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
                readonly stableSeconds?: number | undefined;
                /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
                readonly timeoutSeconds?: number | undefined;
                /** How long an operation in Azure may take. In seconds. Default `5400`. */
                readonly operationTimeoutSeconds?: number | undefined;
                /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
                readonly maxUnhealthyInstancePercent?: number | undefined;
                /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
                readonly maxUnhealthyUpgradedInstancePercent?: number | undefined;
                /** Whether to start although too many instances are unhealthy. Default `false`. */
                readonly fixForward?: boolean | undefined;
              }
            | undefined;
          /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
          readonly soakSeconds?: number | undefined;
          /** What needs approval, and by whom. */
          readonly approvals?:
            | {
                /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
                readonly before?: 'none' | 'rollout' | 'batch' | readonly number[] | undefined;
                /** How many people must approve. Default `1`. */
                readonly quorum?: number | undefined;
                /** Whether the requester may approve. Default `true`. */
                readonly allowRequester?: boolean | undefined;
                /** How long to wait for approval. In seconds. Default `86400`. */
                readonly timeoutSeconds?: number | undefined;
                /** What happens after that time. Default `"reject"`. */
                readonly onTimeout?: 'reject' | 'approve' | undefined;
                /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
                readonly onDuty?:
                  | {
                      /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
                      readonly timeZone?: string | undefined;
                      /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
                      readonly open: readonly (
                        | {
                            /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                            readonly cron: string;
                            /** How long it stays open. */
                            readonly durationMinutes: number;
                          }
                        | {
                            /** The first time. */
                            readonly startDateTime: string;
                            /** How long it stays open, in hours and minutes. */
                            readonly duration: string;
                            /** How often, as in a maintenance configuration. */
                            readonly recurEvery: string;
                            /** The last day. */
                            readonly expirationDateTime?: string | undefined;
                          }
                      )[];
                      /** Days on which no window is open. */
                      readonly closedOn?: readonly string[] | undefined;
                    }
                  | undefined;
              }
            | undefined;
          /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
          readonly onFailure?: 'rollback' | 'pause' | 'halt' | undefined;
          /** How long the rollout may take, not counting pauses and waits for approval. In seconds. Default `86400`. */
          readonly timeoutSeconds?: number | undefined;
          /** Whether to change a scale set that another service manages. Default `false`. */
          readonly acceptManaged?: boolean | undefined;
          /** Labels to keep with the rollout. */
          readonly labels?: Readonly<Record<string, string>> | undefined;
        }
      | undefined;
  };
  /** The reason, for people. */
  readonly reason?: string | undefined;
};

export type ReleaseBody = {
  /** The version. */
  readonly version: string;
  /** The reason, for people. */
  readonly reason: string;
};

export type StrategyBody = {
  /** How rollouts go that use it, in the fields of a spec. */
  readonly strategy: {
    /** The order, and how many at once. */
    readonly strategy?:
      | {
          /** What instances are batched by. Default `"updateDomain"`. */
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
          /** Size of a first batch of its own. */
          readonly canary?: number | undefined;
          /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
          readonly maxUnavailable?: number | string | undefined;
          /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
          readonly pacing?: 'barrier' | 'sliding' | undefined;
          /** Which instances come first. Default `"id"`. */
          readonly order?: 'id' | 'unhealthyFirst' | undefined;
          /** A more disruptive change is refused. Default `"reimage"`. */
          readonly mostDisruptiveAllowed?: 'none' | 'restart' | 'reimage' | 'deallocate' | undefined;
          /** Whether to allow a change that a rollback cannot restore. Default `false`. */
          readonly acceptIrreversible?: boolean | undefined;
        }
      | undefined;
    /** When an instance is healthy, and how many may be unhealthy. */
    readonly health?:
      | {
          /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
          readonly requireSignal?: boolean | undefined;
          /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
          readonly stableSeconds?: number | undefined;
          /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
          readonly timeoutSeconds?: number | undefined;
          /** How long an operation in Azure may take. In seconds. Default `5400`. */
          readonly operationTimeoutSeconds?: number | undefined;
          /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
          readonly maxUnhealthyInstancePercent?: number | undefined;
          /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
          readonly maxUnhealthyUpgradedInstancePercent?: number | undefined;
          /** Whether to start although too many instances are unhealthy. Default `false`. */
          readonly fixForward?: boolean | undefined;
        }
      | undefined;
    /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
    readonly soakSeconds?: number | undefined;
    /** What needs approval, and by whom. */
    readonly approvals?:
      | {
          /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
          readonly before?: 'none' | 'rollout' | 'batch' | readonly number[] | undefined;
          /** How many people must approve. Default `1`. */
          readonly quorum?: number | undefined;
          /** Whether the requester may approve. Default `true`. */
          readonly allowRequester?: boolean | undefined;
          /** How long to wait for approval. In seconds. Default `86400`. */
          readonly timeoutSeconds?: number | undefined;
          /** What happens after that time. Default `"reject"`. */
          readonly onTimeout?: 'reject' | 'approve' | undefined;
          /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
          readonly onDuty?:
            | {
                /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
                readonly timeZone?: string | undefined;
                /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
                readonly open: readonly (
                  | {
                      /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                      readonly cron: string;
                      /** How long it stays open. */
                      readonly durationMinutes: number;
                    }
                  | {
                      /** The first time. */
                      readonly startDateTime: string;
                      /** How long it stays open, in hours and minutes. */
                      readonly duration: string;
                      /** How often, as in a maintenance configuration. */
                      readonly recurEvery: string;
                      /** The last day. */
                      readonly expirationDateTime?: string | undefined;
                    }
                )[];
                /** Days on which no window is open. */
                readonly closedOn?: readonly string[] | undefined;
              }
            | undefined;
        }
      | undefined;
    /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
    readonly onFailure?: 'rollback' | 'pause' | 'halt' | undefined;
  };
  /** The reason, for people. */
  readonly reason?: string | undefined;
};

export type CampaignSpec = {
  /** What the campaign is called. */
  readonly name: string;
  /** What to change. If it is left out, every instance is brought to the current model. */
  readonly change?:
    | {
        /** The image: a marketplace image, or an image by its id or address. */
        readonly image?:
          | {
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version: string;
            }
          | {
              /** SKU of that offer, or of the current offer. */
              readonly sku: string;
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version?: string | undefined;
            }
          | {
              /** Publisher of another marketplace image; needs `offer` and `sku` too. */
              readonly publisher: string;
              /** Offer of that publisher. */
              readonly offer: string;
              /** SKU of that offer, or of the current offer. */
              readonly sku: string;
              /** Exact version, or `latest`, which the plan pins to an exact one. */
              readonly version?: string | undefined;
            }
          | {
              /** Resource id of a managed image or of a gallery image version. */
              readonly id: string;
            }
          | {
              /** Address of a custom image, for scale sets with unmanaged disks. */
              readonly uri: string;
            }
          | undefined;
        /** VM size. */
        readonly vmSize?: string | undefined;
        /** Extensions that the scale set already has; each is written through its own resource. */
        readonly extensions?:
          | readonly {
              /** Name of the extension in the model. */
              readonly name: string;
              /** Replaces all of the old settings. */
              readonly settings?: Readonly<Record<string, unknown>> | undefined;
              /** Replaces all of the old protected settings; never shown. */
              readonly protectedSettings?: Readonly<Record<string, unknown>> | undefined;
              /** A new value makes the extension run again. */
              readonly forceUpdateTag?: string | undefined;
            }[]
          | undefined;
        /** Settings that only a new OS disk picks up: instances are reimaged. */
        readonly osProfile?:
          | {
              /** Custom data in base 64. */
              readonly customData?: string | undefined;
              /** Name of the administrator. */
              readonly adminUsername?: string | undefined;
              /** Password of the administrator; never shown. */
              readonly adminPassword?: string | undefined;
            }
          | undefined;
        /** Values by path, as `az vmss update --set` takes them. */
        readonly set?: Readonly<Record<string, unknown>> | undefined;
        /** Values to add to lists: an object by path, or a list of path and value. */
        readonly add?:
          | Readonly<Record<string, unknown>>
          | readonly {
              /** Path of the list. */
              readonly path: string;
              /** The value to add. */
              readonly value: unknown;
            }[]
          | undefined;
        /** Paths of properties or list items to remove. */
        readonly remove?: readonly string[] | undefined;
        /** The action on instances that are already on the model. */
        readonly force?: 'reimage' | 'restart' | 'redeploy' | undefined;
        /** Managed data disks of individual instances, which keep running. */
        readonly dataDisks?:
          | {
              /** Disks to attach. */
              readonly attach?:
                | readonly {
                    /** Id of the instance. */
                    readonly instance: string;
                    /** Resource id of the disk. */
                    readonly diskId: string;
                    /** Logical unit number; by default the lowest free one. */
                    readonly lun?: number | undefined;
                    /** Host caching. */
                    readonly caching?: 'None' | 'ReadOnly' | 'ReadWrite' | undefined;
                    /** What happens to the disk when its instance is deleted. */
                    readonly deleteOption?: 'Delete' | 'Detach' | undefined;
                    /** Whether write accelerator is on. */
                    readonly writeAcceleratorEnabled?: boolean | undefined;
                  }[]
                | undefined;
              /** Disks to detach, each by its LUN or its id. */
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
        /** What to do to each instance instead of changing the model; `upgrade` brings it to the current model, as an empty change does. */
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
        /** The new number of instances; Azure chooses which ones go. */
        readonly capacity?: number | undefined;
      }
    | undefined;
  /** How each of its rollouts goes, as in a rollout spec. */
  readonly rollout?:
    | {
        /** The order, and how many at once. */
        readonly strategy?:
          | {
              /** What instances are batched by. Default `"updateDomain"`. */
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
              /** Size of a first batch of its own. */
              readonly canary?: number | undefined;
              /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
              readonly maxUnavailable?: number | string | undefined;
              /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
              readonly pacing?: 'barrier' | 'sliding' | undefined;
              /** Which instances come first. Default `"id"`. */
              readonly order?: 'id' | 'unhealthyFirst' | undefined;
              /** A more disruptive change is refused. Default `"reimage"`. */
              readonly mostDisruptiveAllowed?: 'none' | 'restart' | 'reimage' | 'deallocate' | undefined;
              /** Whether to allow a change that a rollback cannot restore. Default `false`. */
              readonly acceptIrreversible?: boolean | undefined;
            }
          | undefined;
        /** When an instance is healthy, and how many may be unhealthy. */
        readonly health?:
          | {
              /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
              readonly requireSignal?: boolean | undefined;
              /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
              readonly stableSeconds?: number | undefined;
              /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
              readonly timeoutSeconds?: number | undefined;
              /** How long an operation in Azure may take. In seconds. Default `5400`. */
              readonly operationTimeoutSeconds?: number | undefined;
              /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
              readonly maxUnhealthyInstancePercent?: number | undefined;
              /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
              readonly maxUnhealthyUpgradedInstancePercent?: number | undefined;
              /** Whether to start although too many instances are unhealthy. Default `false`. */
              readonly fixForward?: boolean | undefined;
            }
          | undefined;
        /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
        readonly soakSeconds?: number | undefined;
        /** A strategy by its name, instead of strategy, health, soakSeconds, approvals and onFailure. */
        readonly namedStrategy?:
          | {
              /** Its name. */
              readonly name: string;
              /** Its version; by default the one in force when the rollout is accepted. */
              readonly version?: number | undefined;
            }
          | undefined;
        /** When batches may start. A batch that has started is finished, however late it gets. By default at any time. */
        readonly windows?:
          | {
              /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
              readonly timeZone?: string | undefined;
              /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
              readonly open: readonly (
                | {
                    /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                    readonly cron: string;
                    /** How long it stays open. */
                    readonly durationMinutes: number;
                  }
                | {
                    /** The first time. */
                    readonly startDateTime: string;
                    /** How long it stays open, in hours and minutes. */
                    readonly duration: string;
                    /** How often, as in a maintenance configuration. */
                    readonly recurEvery: string;
                    /** The last day. */
                    readonly expirationDateTime?: string | undefined;
                  }
              )[];
              /** Days on which no window is open. */
              readonly closedOn?: readonly string[] | undefined;
            }
          | undefined;
        /** window: only the first batch waits for a window, and the others start also after it has closed. */
        readonly startIn?: 'window' | undefined;
        /** What to do while another rollout holds the scale set: refuse, queue, or replace, which is to queue in the place of rollouts of the same pipeline (the label pipeline) that wait. */
        readonly onBusy?: 'refuse' | 'queue' | 'replace' | undefined;
        /** What needs approval, and by whom. */
        readonly approvals?:
          | {
              /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
              readonly before?: 'none' | 'rollout' | 'batch' | readonly number[] | undefined;
              /** How many people must approve. Default `1`. */
              readonly quorum?: number | undefined;
              /** Whether the requester may approve. Default `true`. */
              readonly allowRequester?: boolean | undefined;
              /** How long to wait for approval. In seconds. Default `86400`. */
              readonly timeoutSeconds?: number | undefined;
              /** What happens after that time. Default `"reject"`. */
              readonly onTimeout?: 'reject' | 'approve' | undefined;
              /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
              readonly onDuty?:
                | {
                    /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
                    readonly timeZone?: string | undefined;
                    /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
                    readonly open: readonly (
                      | {
                          /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                          readonly cron: string;
                          /** How long it stays open. */
                          readonly durationMinutes: number;
                        }
                      | {
                          /** The first time. */
                          readonly startDateTime: string;
                          /** How long it stays open, in hours and minutes. */
                          readonly duration: string;
                          /** How often, as in a maintenance configuration. */
                          readonly recurEvery: string;
                          /** The last day. */
                          readonly expirationDateTime?: string | undefined;
                        }
                    )[];
                    /** Days on which no window is open. */
                    readonly closedOn?: readonly string[] | undefined;
                  }
                | undefined;
            }
          | undefined;
        /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
        readonly onFailure?: 'rollback' | 'pause' | 'halt' | undefined;
        /** How long the rollout may take, not counting pauses and waits for approval. In seconds. Default `86400`. */
        readonly timeoutSeconds?: number | undefined;
        /** How long to wait for missing access rights. In seconds. Default `3600`. */
        readonly accessTimeoutSeconds?: number | undefined;
        /** Whether to change a scale set that another service manages. Default `false`. */
        readonly acceptManaged?: boolean | undefined;
        /** How long a rollback may take. In seconds. Default `86400`. */
        readonly rollbackTimeoutSeconds?: number | undefined;
      }
    | undefined;
  /** Stages, one after the other. */
  readonly stages: readonly {
    /** Its name. */
    readonly name: string;
    /** Groups of scale sets that are upgraded in parallel. */
    readonly groups: readonly {
      /** Its name. */
      readonly name: string;
      /** Scale sets by their resource ids. */
      readonly scaleSets?: readonly string[] | undefined;
      /** Every scale set in these resource groups. */
      readonly resourceGroups?: readonly string[] | undefined;
      /** Every scale set in these subscriptions. */
      readonly subscriptions?: readonly string[] | undefined;
      /** Only scale sets with all of these tags; without resource groups and subscriptions, everywhere that the app may read. */
      readonly tags?: Readonly<Record<string, string>> | undefined;
      /** How many of its scale sets at once. Default `1`. */
      readonly concurrency?: number | undefined;
    }[];
    /** How many scale sets of the stage at once. Default `10`. */
    readonly concurrency?: number | undefined;
    /** The stage succeeds only if at least this share of the scale sets that it attempted does; if it attempted none, it fails. In percent. Default `100`. */
    readonly minSuccessPercent?: number | undefined;
    /** After more failed scale sets than this it begins no other. */
    readonly maxFailures?: number | undefined;
    /** How long to wait after the stage. In seconds. Default `0`. */
    readonly soakSeconds?: number | undefined;
    /** Approvals that the stage needs before it begins. */
    readonly approval?:
      | {
          /** How many people must approve. Default `1`. */
          readonly quorum?: number | undefined;
          /** Whether whoever requested the campaign may approve. Default `true`. */
          readonly allowRequester?: boolean | undefined;
          /** After this time without approval the campaign ends `rejected`. In seconds. Default `86400`. */
          readonly timeoutSeconds?: number | undefined;
        }
      | undefined;
  }[];
  /** Scale sets to leave out, whatever finds them. */
  readonly exclude?: readonly string[] | undefined;
  /** What to do when a stage has spent its budget. Default `"pause"`. */
  readonly onFailure?: 'pause' | 'halt' | 'rollback' | undefined;
  /** How long to wait for a scale set that another rollout holds. In seconds. Default `3600`. */
  readonly busySeconds?: number | undefined;
  /** The reason, for people. */
  readonly reason?: string | undefined;
  /** Labels, which its rollouts get too. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
};

export type CampaignCommandBody = {
  /** The reason, for people. */
  readonly reason?: string | undefined;
  /** Of approve and reject: the stage that is meant, so that a late click approves no other. */
  readonly stage?: number | undefined;
  /** Of skip and retry: which scale sets. */
  readonly scaleSets?: readonly string[] | undefined;
};

export type CampaignUndoBody = {
  /** The reason, for people. */
  readonly reason?: string | undefined;
};

export type Rollout = {
  /** Id of the rollout. */
  readonly id: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Its phase. */
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
  /** Who requested it: name and object id. */
  readonly requestedBy: string;
  /** The reason given by whoever requested it. */
  readonly reason: string | null;
  /** Labels that the requester gave it. */
  readonly labels: Readonly<Record<string, string>>;
  /** When it was requested. */
  readonly createdAt: string;
  /** When its plan was made and it started. */
  readonly startedAt: string | null;
  /** When it ended. */
  readonly endedAt: string | null;
  /** Hash of its plan. */
  readonly planHash: string | null;
  /** The strategy that it uses by its name. */
  readonly namedStrategy?: {
    /** Its name. */
    readonly name: string;
    /** Its version when the rollout was accepted. */
    readonly version: number;
  };
  /** There was nothing to do. */
  readonly noop?: boolean;
  /** Commands that this caller may send now; the one that a wait needs comes first. */
  readonly next: Next[];
  /** Commands that are possible now, but not for this caller. */
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
  /** Seconds that it has waited so far, by what it waited for. */
  readonly waited?: {
    /** For approvals and by pauses and freezes. */
    readonly people?: number;
    /** For its windows and `startAt`. */
    readonly windows?: number;
    /** For other rollouts of the scale set. */
    readonly queue?: number;
    /** Because Azure throttled the app. */
    readonly throttling?: number;
    /** For Azure: operations, health, answers and access. */
    readonly service?: number;
  };
  /** Why it is paused; possible in every phase until it ends. */
  readonly paused?: {
    /** Who paused it; null if a failure did. */
    readonly by: string | null;
    /** Since when. */
    readonly since: string;
    /** Why. */
    readonly reason?: string;
  };
  /** Index of the current batch, from 0. */
  readonly batch?: number;
  /** All batches, in order. */
  readonly batches: Batch[];
  /** Set when sliding fell back to one batch at a time. */
  readonly fellBack?: {
    /** The pacing since then. */
    readonly to: 'barrier';
    /** Since when. */
    readonly at: string;
    /** Why. */
    readonly message: string;
  };
  /** Instances counted by state. */
  readonly instances: {
    /** All targeted instances. */
    readonly total: number;
    /** On the target and healthy. */
    readonly upgraded: number;
    /** Being upgraded, or settling. */
    readonly upgrading: number;
    /** Not started. */
    readonly pending: number;
    /** Failed. */
    readonly failed: number;
    /** Skipped. */
    readonly skipped: number;
    /** Removed from the scale set during the rollout. */
    readonly gone: number;
    /** Back on what they ran before the rollout. */
    readonly rolledBack: number;
  };
  /** Why it failed. */
  readonly failure?: Failure;
  /** What differs from the target at its end. */
  readonly left?: {
    /** Which side of the change the model is on. */
    readonly model: 'before' | 'after' | 'foreign';
    /** Which side of the change each instance is on. */
    readonly instances: {
      /** On what they ran before the rollout. */
      readonly before: string[];
      /** On the target. */
      readonly after: string[];
      /** Could not be determined. */
      readonly unknown: string[];
      /** In quarantine. */
      readonly quarantined?: string[];
    };
    /** Were off before the rollout, and are running now. */
    readonly started?: string[];
    /** Instances in quarantine, and how each is released. */
    readonly quarantined?: Quarantined[];
    /** Guards that the rollout switched off and that still are. */
    readonly heldGuards: HeldGuard[];
    /** Where the old model named no exact image version, and what it is pinned to. */
    readonly pinned?: Pinned;
  };
};

export type RolloutPage = {
  /** Rollouts, newest first. */
  readonly value: Rollout[];
  /** Address of the next page, if there is one. */
  readonly nextLink?: string;
};

export type Batch = {
  /** Its index, from 0. */
  readonly index: number;
  /** Its name. */
  readonly name: string;
  /** Its phase. */
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
  /** When it started. */
  readonly startedAt: string | null;
  /** When it ended. */
  readonly endedAt: string | null;
};

export type Wait = {
  /** What it waits for. */
  readonly kind:
    | 'approval'
    | 'window'
    | 'floor'
    | 'operation'
    | 'health'
    | 'soak'
    | 'freeze'
    | 'throttling'
    | 'unreachable'
    | 'access'
    | 'recovery'
    | 'resume'
    | 'queue';
  /** Index of the batch, from 0. */
  readonly batch?: number;
  /** Since when. */
  readonly since: string;
  /** When the wait ends by itself. */
  readonly until?: string;
  /** Failed attempts so far. */
  readonly tries?: number;
  /** In the queue: the rollout that holds the scale set, or comes next. */
  readonly holder?: string;
  /** In the queue: its place, 1 for the next one. */
  readonly place?: number;
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
  /** The batch to send with it. */
  readonly batch?: number;
  /** The instances to send with it. */
  readonly instances?: string[];
};

export type Failure = {
  /** What kind of failure. */
  readonly code: string;
  /** The same in one sentence. */
  readonly message: string;
  /** What to do next. */
  readonly remedy?: string;
  /** Ids of the instances that failed. */
  readonly instances?: string[];
  /** The failed instances grouped by cause, the most common first. */
  readonly causes?: {
    /** What kind of failure. */
    readonly code: string;
    /** The same in one sentence. */
    readonly message: string;
    /** Ids of the instances. */
    readonly instances: string[];
  }[];
};

export type HeldGuard = {
  /** The guard. */
  readonly guard: 'upgradePolicy' | 'automaticRepairs' | 'automaticOsUpgrade';
  /** Its value before. */
  readonly was: string;
  /** How to restore it. */
  readonly remedy: string;
};

export type Quarantined = {
  /** Id of the instance. */
  readonly instance: string;
  /** Who put it in quarantine. */
  readonly by: string;
  /** Since when. */
  readonly since: string;
  /** Why. */
  readonly reason?: string;
  /** Whether other instances may be taken down below the floor. */
  readonly belowFloor?: true;
  /** How to release it. */
  readonly remedy: string;
};

export type Pinned = {
  /** Path of the property. */
  readonly path: string;
  /** Its value in the old model. */
  readonly was: string;
  /** Its value now. */
  readonly now: string;
  /** Instances that ran another version. */
  readonly others: {
    /** The image that they ran. */
    readonly image: string;
    /** Their ids. */
    readonly instances: string[];
  }[];
};

export type Plan = {
  /** Hash of the plan, under the name that a spec uses. */
  readonly planHash: string;
  /** Hash of the plan. A start with this `planHash` carries out exactly this plan or is refused. */
  readonly hash: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Changes to the model. */
  readonly delta: PropertyChange[];
  /** How disruptive the change is to an instance. */
  readonly class: 'none' | 'restart' | 'reimage' | 'deallocate' | 'impossible';
  /** Batches, in order. */
  readonly batches: PlannedBatch[];
  /** How many instances serve at every moment. */
  readonly floor: number;
  /** Instances that are skipped. */
  readonly skipped: {
    /** Id of the instance. */
    readonly instance: string;
    /** The reason. */
    readonly reason: string;
  }[];
  /** Estimates. */
  readonly expected: {
    /** Duration. In seconds. */
    readonly seconds: number;
    /** Requests to Azure Resource Manager. */
    readonly armRequests: number;
  };
  /** What to know before the start. */
  readonly warnings: Warning[];
  /** Actions on each instance, in this order. */
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
  /** Ids of instances that are already on the target and get only the forced action. */
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
  /** Data disks to attach to or detach from individual instances. */
  readonly dataDisks?: InstanceDisks[];
  /** Ids of instances whose only change is their disks. */
  readonly onlyDisks?: string[];
  /** Disks are changed before the model. */
  readonly disksFirst?: boolean;
  /** Paths that the rollout being undone changed and that cannot be restored. */
  readonly irreversible?: string[];
  /** What a rollback cannot restore. */
  readonly unrecoverable?: {
    /** Path of the property. */
    readonly path: string;
    /** The reason. */
    readonly why: string;
  }[];
  /** Instances that are switched off, or will be again. */
  readonly switchedOff?: {
    /** Id of the instance. */
    readonly instance: string;
    /** Its power state. */
    readonly power: 'deallocated' | 'stopped';
    /** What happens to it: upgraded while off, started first, or switched off again. */
    readonly as: 'cold' | 'started' | 'offAgain';
  }[];
  /** Guards that are held during the rollout. */
  readonly guards: {
    /** The upgrade policy before it was held at Manual. */
    readonly policy?: string;
    /** Automatic repairs. */
    readonly repairs?: true;
    /** Automatic OS upgrades. */
    readonly osUpgrades?: true;
  };
  /** Guards that an earlier rollout left held and this one restores. */
  readonly restores?: {
    /** The upgrade policy before it was held at Manual. */
    readonly policy?: string;
    /** Automatic repairs. */
    readonly repairs?: true;
    /** Automatic OS upgrades. */
    readonly osUpgrades?: true;
  };
  /** Ids of targeted instances that are not serving: the first batch begins with them. */
  readonly unserving?: string[];
  /** Whether batches may start now, where the spec has `windows` or a `startAt` to come. */
  readonly window?: {
    /** Whether they may. */
    readonly open: boolean;
    /** When that changes; null if never. */
    readonly until: string | null;
  };
};

export type PropertyChange = {
  /** Path of the property. */
  readonly path: string;
  /** Its value before. */
  readonly before: unknown;
  /** Its value after; a secret is shown as `(secret)`. */
  readonly after: unknown;
  /** How disruptive the change is to an instance. */
  readonly class: 'none' | 'restart' | 'reimage' | 'deallocate' | 'impossible';
  /** The extension that it belongs to. */
  readonly extension?: string;
  /** The value is secret and never shown. */
  readonly isSecret?: true;
};

export type PlannedBatch = {
  /** Its index, from 0. */
  readonly index: number;
  /** Its name. */
  readonly name: string;
  /** Ids of its instances. */
  readonly instances: string[];
  /** Set on a canary batch. */
  readonly canary?: true;
};

export type InstanceDisks = {
  /** Id of the instance. */
  readonly instance: string;
  /** Disks to attach. */
  readonly attach: {
    /** Resource id of the disk. */
    readonly diskId: string;
    /** Logical unit number. */
    readonly lun: number;
    /** Host caching. */
    readonly caching?: string;
    /** What happens to the disk when its instance is deleted. */
    readonly deleteOption?: string;
    /** Whether write accelerator is on. */
    readonly writeAcceleratorEnabled?: boolean;
  }[];
  /** Disks to detach. */
  readonly detach: {
    /** Resource id of the disk. */
    readonly diskId: string;
    /** Logical unit number. */
    readonly lun: number;
    /** Host caching. */
    readonly caching?: string;
    /** What happens to the disk when its instance is deleted. */
    readonly deleteOption?: string;
    /** Whether write accelerator is on. */
    readonly writeAcceleratorEnabled?: boolean;
  }[];
};

export type Warning = {
  /** What the warning is about; newer versions of the app may add codes. */
  readonly code: string;
  /** The same in one sentence. */
  readonly message: string;
};

export type RollbackPlan = {
  /** Id of the rollout. */
  readonly rolloutId: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Changes to the model. */
  readonly delta: PropertyChange[];
  /** Data disks to attach to or detach from individual instances. */
  readonly dataDisks?: InstanceDisks[];
  /** How disruptive the change is to an instance. */
  readonly class: 'none' | 'restart' | 'reimage' | 'deallocate' | 'impossible';
  /** Batches, in the order of the rollback. */
  readonly batches: PlannedBatch[];
  /** How many instances serve at every moment. */
  readonly floor: number;
  /** What a rollback cannot restore. */
  readonly unrecoverable: {
    /** Path of the property. */
    readonly path: string;
    /** The reason. */
    readonly why: string;
  }[];
  /** Estimates. */
  readonly expected: {
    /** Duration. In seconds. */
    readonly seconds: number;
    /** Requests to Azure Resource Manager. */
    readonly armRequests: number;
  };
  /** What to know before the rollback. */
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
  /** Index of its batch, from 0. */
  readonly batch: number;
  /** Its phase. */
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
    /** The image before the rollout. */
    readonly before: string;
    /** The image now. */
    readonly now: string;
  };
  /** Whether Azure reports it on the latest model. */
  readonly latestModelApplied: boolean | null;
  /** Its provisioning state. */
  readonly provisioningState: string | null;
  /** Its power state. */
  readonly power: string | null;
  /** Its health. */
  readonly health: string | null;
  /** Writes that the rollout has sent for it. */
  readonly attempts: number;
  /** Its failure. */
  readonly failure?: InstanceFailure;
  /** Set while it is in quarantine. */
  readonly quarantine?: {
    /** Who put it in quarantine. */
    readonly by: string;
    /** Since when. */
    readonly since: string;
    /** Why. */
    readonly reason?: string;
    /** Whether other instances may be taken down below the floor. */
    readonly belowFloor?: true;
    /** Whether it is protected in Azure. */
    readonly isProtected?: true;
  };
  /** Earlier failures, oldest first. */
  readonly earlierFailures?: InstanceFailure[];
  /** When this was last updated. */
  readonly updatedAt: string;
};

export type Instances = {
  /** Instances, ordered by id. */
  readonly value: Instance[];
};

export type InstanceFailure = {
  /** What kind of failure. */
  readonly code: string;
  /** The same in one sentence. */
  readonly message: string;
  /** What Azure showed of the instance at that time. */
  readonly evidence?: Evidence;
};

export type Evidence = {
  /** When it was read. */
  readonly seenAt: string;
  /** Its provisioning state. */
  readonly provisioning: {
    /** The state. */
    readonly state: string;
    /** Azure's own message. */
    readonly message?: string;
    /** When Azure observed it. */
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
    /** Azure's own message. */
    readonly message?: string;
    /** When Azure observed it. */
    readonly at?: string;
  } | null;
  /** Its health signal. */
  readonly health: {
    /** The state. */
    readonly state: string;
    /** Azure's own message. */
    readonly message?: string;
    /** When Azure observed it. */
    readonly at?: string;
  } | null;
  /** Its extensions, failed ones first. */
  readonly extensions: {
    /** Name of the extension. */
    readonly name: string;
    /** The state. */
    readonly state: string;
    /** Azure's own message. */
    readonly message?: string;
    /** When Azure observed it. */
    readonly at?: string;
  }[];
  /** The image that it runs. */
  readonly image: string;
  /** Whether Azure reports it on the latest model. */
  readonly latestModelApplied: boolean;
  /** Writes that the rollout has sent for it. */
  readonly attempts: number;
  /** The rollout's last write for it. */
  readonly write?: {
    /** The action. */
    readonly action: string;
    /** Its outcome so far. */
    readonly status: string;
    /** When the intent to send it was recorded. */
    readonly intendedAt: string;
    /** When Azure accepted it. */
    readonly acceptedAt?: string;
    /** When it ended. */
    readonly endedAt?: string;
    /** Azure's id of the request (x-ms-request-id). */
    readonly requestId?: string;
    /** The error that Azure reported. */
    readonly error?: {
      /** The error code. */
      readonly code: string;
      /** Azure's own message. */
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
  /** What happened; newer versions of the app may add kinds. */
  readonly kind: string;
  /** The same in one sentence. */
  readonly message: string;
  /** Index of the batch, from 0. */
  readonly batch?: number;
  /** Ids of the instances. */
  readonly instances?: string[];
  /** Who caused it, if a person did. */
  readonly by?: string;
  /** ETag of the scale set after the write. */
  readonly etag?: string;
  /** Azure's id of the request (x-ms-request-id). */
  readonly requestId?: string;
  /** HTTP status of a write that Azure refused. */
  readonly status?: number;
  /** Error code of a write that Azure refused. */
  readonly code?: string;
};

export type Events = {
  /** Events, oldest first. */
  readonly value: Event[];
};

export type Explanation = {
  /** Id of the rollout. */
  readonly id: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Its phase. */
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
  /** Where it stands, in one sentence. */
  readonly standing: string;
  /** What it waits for. */
  readonly waits: Wait | null;
  /** Commands that a person may send now. */
  readonly next: Next[];
  /** The same as command lines. */
  readonly possible: string[];
  /** What was done so far. */
  readonly done: {
    /** Which side of the change the model is on. */
    readonly model: 'before' | 'after' | 'restored';
    /** Every write and its outcome. */
    readonly operations: Operation[];
    /** Every event, oldest first. */
    readonly events: Event[];
  };
  /** What would differ from the target if it ended now. */
  readonly left: {
    /** Which side of the change the model would be on. */
    readonly model: 'before' | 'after' | 'foreign';
    /** Ids of instances by the side of the change that they are on. */
    readonly instances: Readonly<Record<string, string[]>>;
    /** Were off before the rollout, and are running now. */
    readonly started?: string[];
    /** Instances in quarantine, and how each is released. */
    readonly quarantined?: Quarantined[];
    /** Guards that are held for the rollout. */
    readonly heldGuards?: HeldGuard[];
    /** Where the old model named no exact image version, and what it is pinned to. */
    readonly pinned?: Pinned;
  };
  /** Why it failed. */
  readonly failure: Failure | null;
  /** Failed instances. */
  readonly failures: {
    /** Id of the instance. */
    readonly instanceId: string;
    /** Its name. */
    readonly name: string;
    /** Index of its batch, from 0. */
    readonly batch: number;
    /** What kind of failure. */
    readonly code: string;
    /** The same in one sentence. */
    readonly message: string;
    /** What Azure showed of the instance at that time. */
    readonly evidence?: Evidence;
  }[];
  /** Its plan. */
  readonly plan: Plan | null;
  /** What a rollback would do now. */
  readonly rollback: RollbackPlan | null;
  /** How to undo it without this app. */
  readonly undo: {
    /** Commands of the Azure CLI, in order. */
    readonly commands: string[];
    /** Commands that restore the guards. */
    readonly guards: string[];
    /** What a rollback cannot restore. */
    readonly unrecoverable: {
      /** Path of the property. */
      readonly path: string;
      /** The reason. */
      readonly why: string;
    }[];
  };
};

export type Operation = {
  /** Its key within the rollout. */
  readonly key: string;
  /** What kind of write it is. */
  readonly kind: 'model' | 'upgrade' | 'guard' | 'protection';
  /** The action on the instances. */
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
  /** The part of the model: the set itself, or an extension. */
  readonly part?: string;
  /** The direction of the rollout. */
  readonly direction: 'forward' | 'rollback' | 'stop';
  /** Index of the batch, from 0. */
  readonly batch?: number;
  /** Ids of the instances. */
  readonly instances: string[];
  /** Its outcome so far. */
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
  /** When the intent to send it was recorded. */
  readonly intendedAt: string;
  /** When Azure answered. */
  readonly answeredAt?: string;
  /** When Azure accepted it. */
  readonly acceptedAt?: string;
  /** When it ended. */
  readonly endedAt?: string;
  /** How long it ran, according to Azure. In seconds. */
  readonly ranSeconds?: number;
  /** Why the last request about it got no answer. */
  readonly silence?: string;
  /** Why it cannot be polled at the address that Azure gave. */
  readonly untracked?: {
    /** The error code. */
    readonly code: string;
    /** Azure's own message. */
    readonly message: string;
  };
  /** Azure's id of the request (x-ms-request-id). */
  readonly requestId?: string;
  /** ETag of the scale set after the write. */
  readonly etag?: string;
  /** The error that Azure reported. */
  readonly error?: {
    /** The error code. */
    readonly code: string;
    /** Azure's own message. */
    readonly message: string;
  };
  /** Sent on purpose while others may still have been running. */
  readonly sliding?: true;
  /** Refused because another write to the scale set was under way. */
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
  /** VM size in the model. */
  readonly vmSize: string | null;
  /** How many instances it should have. */
  readonly capacity: number | null;
  /** Its orchestration mode. */
  readonly orchestrationMode: string;
  /** Its upgrade policy. */
  readonly upgradePolicy: string | null;
  /** Image reference of the model, as Azure shows it; null if the image is the address of a disk. */
  readonly image: Readonly<Record<string, string>> | null;
  /** Its provisioning state. */
  readonly provisioningState: string;
  /** Id of the rollout that holds it. */
  readonly heldBy: string | null;
};

export type ScaleSets = {
  /** Scale sets, ordered by id. */
  readonly value: ScaleSetSummary[];
  /** Subscriptions that the app could not read. */
  readonly unreadable?: {
    /** The subscription. */
    readonly subscriptionId: string;
    /** The error code. */
    readonly code: string;
    /** Azure's own message. */
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
  /** VM size in the model. */
  readonly vmSize: string | null;
  /** How many instances it should have. */
  readonly capacity: number | null;
  /** Its orchestration mode. */
  readonly orchestrationMode: string;
  /** Its upgrade policy. */
  readonly upgradePolicy: string | null;
  /** Image reference of the model, as Azure shows it; null if the image is the address of a disk. */
  readonly image: Readonly<Record<string, string>> | null;
  /** Its provisioning state. */
  readonly provisioningState: string;
  /** Id of the rollout that holds it. */
  readonly heldBy: string | null;
  /** Its ETag. */
  readonly etag: string;
  /** Its model as Azure returns it, without secrets; not in a summary. */
  readonly model: unknown;
  /** Its instance view as Azure returns it; not in a summary. */
  readonly instanceView: unknown;
  /** What this caller may not do with it. */
  readonly denied?: {
    /** The act. */
    readonly act: 'plan' | 'start';
    /** Why not. */
    readonly message: string;
  }[];
};

export type ScaleSetInstance = {
  /** Id of the instance. */
  readonly instanceId: string;
  /** Its name. */
  readonly name: string;
  /** Unique id of the virtual machine; changes when the instance is deleted and created again. */
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
  /** Whether Azure reports it on the latest model. */
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
  /** Its model as Azure returns it, without secrets; not in a summary. */
  readonly model?: unknown;
  /** Its instance view as Azure returns it; not in a summary. */
  readonly instanceView?: unknown;
};

export type ScaleSetInstances = {
  /** Instances, in the order of Azure. */
  readonly value: ScaleSetInstance[];
};

export type Lease = {
  /** Id of the lease. */
  readonly id: string;
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Id of the rollout that holds it. */
  readonly rolloutId: string;
  /** Its fencing token, which increases with every holder. */
  readonly token: number;
  /** Since when. */
  readonly since: string;
  /** Phase of the rollout. */
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
  /** State of the holder. */
  readonly state: 'live' | 'starting' | 'unknown' | 'ended' | 'noRecord' | 'notRunning';
  /** The same in one sentence. */
  readonly message: string;
  /** Whether it can be taken over. */
  readonly canTakeOver: boolean;
  /** The command that takes it over. */
  readonly remedy: string | null;
  /** Guards that are held for the rollout. */
  readonly heldGuards: HeldGuard[];
  /** Ids of the rollouts that wait for the scale set, the next one first. */
  readonly waiting: string[];
};

export type Leases = {
  /** Leases that are held now. */
  readonly value: Lease[];
  /** Guards that ended rollouts left held. */
  readonly guardsLeft: {
    /** Id of the rollout. */
    readonly rolloutId: string;
    /** Resource id of the scale set. */
    readonly scaleSet: string;
    /** The guard. */
    readonly guard: 'upgradePolicy' | 'automaticRepairs' | 'automaticOsUpgrade';
    /** Its value before. */
    readonly was: string;
    /** How to restore it. */
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
  /** What was done: the workflow was restarted, the scale set released, or nothing. */
  readonly action: 'restarted' | 'freed' | 'none';
};

export type Freeze = {
  /** Whether all writes are frozen. */
  readonly frozen: boolean;
  /** Who froze them. */
  readonly by?: string;
  /** Since when. */
  readonly since?: string;
  /** The reason. */
  readonly reason?: string;
  /** Every freeze and lift, oldest first. */
  readonly acts: {
    /** Sequence number, from 1. */
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
  /** Whether all writes are frozen. */
  readonly frozen: boolean;
  /** Who froze them. */
  readonly by?: string;
  /** Since when. */
  readonly since?: string;
  /** The reason. */
  readonly reason?: string;
};

export type PolicyState = {
  /** What requesters cannot weaken. */
  readonly policy: {
    /** Subscriptions, resource groups and scale sets where rollouts are allowed; by default everywhere. */
    readonly allowedScopes?: string[];
    /** Tags that a scale set must have for rollouts, each with one of these values. */
    readonly allowedTags?: Readonly<Record<string, string[]>>;
    /** What the app or its pipelines run on: rollouts there need the role admin as well. By default nothing. */
    readonly hosts?: string[];
    /** Minimum requirements on specs, by scope and tag. */
    readonly rules: {
      /** Its name, shown when it refuses a spec. */
      readonly name: string;
      /** The scopes that it applies to; with `tags`, only to scale sets that match both. */
      readonly scopes?: string[];
      /** It applies to scale sets with these tags, each with one of these values. */
      readonly tags?: Readonly<Record<string, string[]>>;
      /** What needs approval at least. */
      readonly approvalBefore?: 'rollout' | 'batch';
      /** How many people must approve at least. */
      readonly leastQuorum?: number;
      /** False if the requester's own approval never counts. */
      readonly requesterApproves?: false;
      /** False if no gate may open without an approval. */
      readonly timeoutApproves?: false;
      /** The most that a spec may allow to be down. In percent. */
      readonly maxUnavailablePercent?: number;
      /** The shortest soak that a spec may ask for. In seconds. */
      readonly leastSoakSeconds?: number;
      /** Object ids of the only applications whose approval counts; by default none. */
      readonly approvingApplications?: string[];
    }[];
    /** Who has which role where. By default app roles apply everywhere. */
    readonly assignments?: {
      /** The role. */
      readonly role: 'viewer' | 'requester' | 'approver' | 'operator' | 'admin';
      /** Holders of these app roles have it. */
      readonly appRoles?: ('viewer' | 'requester' | 'approver' | 'operator' | 'admin')[];
      /** People, groups and applications that have it, by object id. */
      readonly principals?: string[];
      /** Where they have it; by default everywhere. */
      readonly scopes?: string[];
      /** Only for scale sets with these tags, each with one of these values. */
      readonly tags?: Readonly<Record<string, string[]>>;
    }[];
  };
};

export type PolicyView = {
  /** What requesters cannot weaken. */
  readonly policy: {
    /** Subscriptions, resource groups and scale sets where rollouts are allowed; by default everywhere. */
    readonly allowedScopes?: string[];
    /** Tags that a scale set must have for rollouts, each with one of these values. */
    readonly allowedTags?: Readonly<Record<string, string[]>>;
    /** What the app or its pipelines run on: rollouts there need the role admin as well. By default nothing. */
    readonly hosts?: string[];
    /** Minimum requirements on specs, by scope and tag. */
    readonly rules: {
      /** Its name, shown when it refuses a spec. */
      readonly name: string;
      /** The scopes that it applies to; with `tags`, only to scale sets that match both. */
      readonly scopes?: string[];
      /** It applies to scale sets with these tags, each with one of these values. */
      readonly tags?: Readonly<Record<string, string[]>>;
      /** What needs approval at least. */
      readonly approvalBefore?: 'rollout' | 'batch';
      /** How many people must approve at least. */
      readonly leastQuorum?: number;
      /** False if the requester's own approval never counts. */
      readonly requesterApproves?: false;
      /** False if no gate may open without an approval. */
      readonly timeoutApproves?: false;
      /** The most that a spec may allow to be down. In percent. */
      readonly maxUnavailablePercent?: number;
      /** The shortest soak that a spec may ask for. In seconds. */
      readonly leastSoakSeconds?: number;
      /** Object ids of the only applications whose approval counts; by default none. */
      readonly approvingApplications?: string[];
    }[];
    /** Who has which role where. By default app roles apply everywhere. */
    readonly assignments?: {
      /** The role. */
      readonly role: 'viewer' | 'requester' | 'approver' | 'operator' | 'admin';
      /** Holders of these app roles have it. */
      readonly appRoles?: ('viewer' | 'requester' | 'approver' | 'operator' | 'admin')[];
      /** People, groups and applications that have it, by object id. */
      readonly principals?: string[];
      /** Where they have it; by default everywhere. */
      readonly scopes?: string[];
      /** Only for scale sets with these tags, each with one of these values. */
      readonly tags?: Readonly<Record<string, string[]>>;
    }[];
  };
  /** Every version, oldest first. */
  readonly versions: {
    /** Its number. */
    readonly number: number;
    /** Who wrote it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** The reason, for people. */
    readonly reason?: string;
    /** What requesters cannot weaken. */
    readonly policy: {
      /** Subscriptions, resource groups and scale sets where rollouts are allowed; by default everywhere. */
      readonly allowedScopes?: string[];
      /** Tags that a scale set must have for rollouts, each with one of these values. */
      readonly allowedTags?: Readonly<Record<string, string[]>>;
      /** What the app or its pipelines run on: rollouts there need the role admin as well. By default nothing. */
      readonly hosts?: string[];
      /** Minimum requirements on specs, by scope and tag. */
      readonly rules: {
        /** Its name, shown when it refuses a spec. */
        readonly name: string;
        /** The scopes that it applies to; with `tags`, only to scale sets that match both. */
        readonly scopes?: string[];
        /** It applies to scale sets with these tags, each with one of these values. */
        readonly tags?: Readonly<Record<string, string[]>>;
        /** What needs approval at least. */
        readonly approvalBefore?: 'rollout' | 'batch';
        /** How many people must approve at least. */
        readonly leastQuorum?: number;
        /** False if the requester's own approval never counts. */
        readonly requesterApproves?: false;
        /** False if no gate may open without an approval. */
        readonly timeoutApproves?: false;
        /** The most that a spec may allow to be down. In percent. */
        readonly maxUnavailablePercent?: number;
        /** The shortest soak that a spec may ask for. In seconds. */
        readonly leastSoakSeconds?: number;
        /** Object ids of the only applications whose approval counts; by default none. */
        readonly approvingApplications?: string[];
      }[];
      /** Who has which role where. By default app roles apply everywhere. */
      readonly assignments?: {
        /** The role. */
        readonly role: 'viewer' | 'requester' | 'approver' | 'operator' | 'admin';
        /** Holders of these app roles have it. */
        readonly appRoles?: ('viewer' | 'requester' | 'approver' | 'operator' | 'admin')[];
        /** People, groups and applications that have it, by object id. */
        readonly principals?: string[];
        /** Where they have it; by default everywhere. */
        readonly scopes?: string[];
        /** Only for scale sets with these tags, each with one of these values. */
        readonly tags?: Readonly<Record<string, string[]>>;
      }[];
    };
  }[];
};

export type NoticesState = {
  /** Who gets which notices. */
  readonly settings: {
    /** Hosts that notices may be sent to, by name, or `*.` and a domain; nothing is sent anywhere else. */
    readonly hosts: string[];
    /** Where notices can be sent. */
    readonly targets: {
      /** What it is: a signed webhook, or a channel of Teams or Slack. */
      readonly kind: 'webhook' | 'teams' | 'slack';
      /** Its name, for the routes. */
      readonly name: string;
      /** Address of a webhook: https, on one of the hosts. */
      readonly url?: string;
      /** App setting with the secret that signs; two, separated by a comma, while one replaces the other. */
      readonly secret?: string;
      /** App setting with the address of a channel. */
      readonly urlFrom?: string;
    }[];
    /** Which notices go where. A notice goes to each target once, however many routes lead there. */
    readonly routes: {
      /** Names of targets. */
      readonly targets: string[];
      /** Only of these subscriptions, resource groups and scale sets; by default of all. */
      readonly scopes?: string[];
      /** Only of rollouts and campaigns with all of these labels. */
      readonly labels?: Readonly<Record<string, string>>;
      /** Only these kinds; by default all. */
      readonly kinds?: (
        | 'phaseChanged'
        | 'approvalRequested'
        | 'reminder'
        | 'escalation'
        | 'failed'
        | 'recovered'
        | 'ended'
      )[];
    }[];
    /** How often a rollout or a campaign that waits for a person reminds of that. In seconds. Default `3600`. */
    readonly remindAfterSeconds: number;
    /** After what time it is an escalation. In seconds. Default `14400`. */
    readonly escalateAfterSeconds: number;
  };
};

export type NoticesView = {
  /** Who gets which notices. */
  readonly settings: {
    /** Hosts that notices may be sent to, by name, or `*.` and a domain; nothing is sent anywhere else. */
    readonly hosts: string[];
    /** Where notices can be sent. */
    readonly targets: {
      /** What it is: a signed webhook, or a channel of Teams or Slack. */
      readonly kind: 'webhook' | 'teams' | 'slack';
      /** Its name, for the routes. */
      readonly name: string;
      /** Address of a webhook: https, on one of the hosts. */
      readonly url?: string;
      /** App setting with the secret that signs; two, separated by a comma, while one replaces the other. */
      readonly secret?: string;
      /** App setting with the address of a channel. */
      readonly urlFrom?: string;
    }[];
    /** Which notices go where. A notice goes to each target once, however many routes lead there. */
    readonly routes: {
      /** Names of targets. */
      readonly targets: string[];
      /** Only of these subscriptions, resource groups and scale sets; by default of all. */
      readonly scopes?: string[];
      /** Only of rollouts and campaigns with all of these labels. */
      readonly labels?: Readonly<Record<string, string>>;
      /** Only these kinds; by default all. */
      readonly kinds?: (
        | 'phaseChanged'
        | 'approvalRequested'
        | 'reminder'
        | 'escalation'
        | 'failed'
        | 'recovered'
        | 'ended'
      )[];
    }[];
    /** How often a rollout or a campaign that waits for a person reminds of that. In seconds. Default `3600`. */
    readonly remindAfterSeconds: number;
    /** After what time it is an escalation. In seconds. Default `14400`. */
    readonly escalateAfterSeconds: number;
  };
  /** Every version, oldest first. */
  readonly versions: {
    /** Its number. */
    readonly number: number;
    /** Who wrote it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** The reason, for people. */
    readonly reason?: string;
    /** Who gets which notices. */
    readonly settings: {
      /** Hosts that notices may be sent to, by name, or `*.` and a domain; nothing is sent anywhere else. */
      readonly hosts: string[];
      /** Where notices can be sent. */
      readonly targets: {
        /** What it is: a signed webhook, or a channel of Teams or Slack. */
        readonly kind: 'webhook' | 'teams' | 'slack';
        /** Its name, for the routes. */
        readonly name: string;
        /** Address of a webhook: https, on one of the hosts. */
        readonly url?: string;
        /** App setting with the secret that signs; two, separated by a comma, while one replaces the other. */
        readonly secret?: string;
        /** App setting with the address of a channel. */
        readonly urlFrom?: string;
      }[];
      /** Which notices go where. A notice goes to each target once, however many routes lead there. */
      readonly routes: {
        /** Names of targets. */
        readonly targets: string[];
        /** Only of these subscriptions, resource groups and scale sets; by default of all. */
        readonly scopes?: string[];
        /** Only of rollouts and campaigns with all of these labels. */
        readonly labels?: Readonly<Record<string, string>>;
        /** Only these kinds; by default all. */
        readonly kinds?: (
          | 'phaseChanged'
          | 'approvalRequested'
          | 'reminder'
          | 'escalation'
          | 'failed'
          | 'recovered'
          | 'ended'
        )[];
      }[];
      /** How often a rollout or a campaign that waits for a person reminds of that. In seconds. Default `3600`. */
      readonly remindAfterSeconds: number;
      /** After what time it is an escalation. In seconds. Default `14400`. */
      readonly escalateAfterSeconds: number;
    };
  }[];
};

export type DeadLetters = {
  /** Deliveries that were given up, the oldest rollouts first. */
  readonly value: {
    /** Id of the delivery: the notice and its target. */
    readonly id: string;
    /** Id of the notice, the same at every target and every try. */
    readonly notice: string;
    /** Name of the target. */
    readonly target: string;
    /** Id of the rollout or the campaign. */
    readonly rollout: string;
    /** Kind of the notice. */
    readonly kind: string;
    /** When it happened. */
    readonly at: string;
    /** How often it was tried. */
    readonly tries: number;
    /** The last try. */
    readonly last?: {
      /** When. */
      readonly at: string;
      /** Why in vain; never the words of the target. */
      readonly code: string;
    };
  }[];
  /** Targets with deliveries that are still tried; absent where there are none. */
  readonly underWay?: {
    /** Name of the target. */
    readonly target: string;
    /** How many deliveries are under way; of more than 1,000 only those. */
    readonly count: number;
    /** How often one of them was tried in vain, at most. */
    readonly tries: number;
    /** When the next one is tried. */
    readonly nextAt: string;
    /** Why the last try was in vain. */
    readonly code?: string;
  }[];
  /** The next page; absent on the last one. */
  readonly nextLink?: string;
};

export type GateLink = {
  /** Id of the rollout or the campaign. */
  readonly rollout: string;
  /** Index of the batch, from 0. */
  readonly batch: number;
  /** Whether the gate that the link was made for still waits. */
  readonly open: boolean;
  /** The same in one sentence. */
  readonly message: string;
  /** Until when the link leads here. */
  readonly expires: string;
  /** Hash of the plan that is to be approved. */
  readonly planHash?: string;
};

export type Resent = {
  /** Id of the delivery that is on its way again. */
  readonly id: string;
};

export type Schedules = {
  /** Schedules, ordered by name. */
  readonly value: {
    /** Its name. */
    readonly name: string;
    /** Which scale sets are kept on which image version, and when. */
    readonly schedule: {
      /** Whether it is on. Default `true`. */
      readonly enabled: boolean;
      /** Scale sets, in addition to those whose tag `vmss-rollout:schedule` names it. */
      readonly scaleSets?: string[];
      /** The image that it is for, as a model names it. Scale sets with another one are left alone; by default each set is kept on the image of its own model. */
      readonly source?:
        | {
            /** Publisher of a platform image. */
            readonly publisher: string;
            /** Its offer. */
            readonly offer: string;
            /** Its sku; by default every one. */
            readonly sku?: string;
          }
        | {
            /** Resource id of an image in a gallery, without a version. */
            readonly id: string;
          }
        | {
            /** Id of an image in a gallery that is shared with the subscription or the tenant. */
            readonly sharedGalleryImageId: string;
          }
        | {
            /** Id of an image in a community gallery. */
            readonly communityGalleryImageId: string;
          };
      /** The newest matching version, or the one before it. Default `"newest"`. */
      readonly channel: 'newest' | 'previous';
      /** The oldest version that matches. */
      readonly from?: string;
      /** Versions from this one on do not match. */
      readonly below?: string;
      /** Versions that do not match. */
      readonly exclude?: string[];
      /** How long a version must have been known to this app. Default `0`. */
      readonly leastAgeHours: number;
      /** Groups of scale sets that take a version one after the other; a scale set in none of them is in the last. */
      readonly rings?: {
        /** Its name; a scale set joins it with the tag `vmss-rollout:ring`. */
        readonly name: string;
        /** Scale sets of the ring, in addition to those with the tag. */
        readonly scaleSets?: string[];
        /** How long every scale set of the previous ring must have run a version before this ring takes it. Default `24`. */
        readonly cleanHours: number;
      }[];
      /** What else to change along with a version. It is shown to everybody who may look, so it takes no secrets. */
      readonly change?: {
        /** VM size. */
        readonly vmSize?: string;
        /** Extensions that the scale set already has; each is written through its own resource. */
        readonly extensions?: {
          /** Name of the extension in the model. */
          readonly name: string;
          /** Replaces all of the old settings. */
          readonly settings?: Readonly<Record<string, unknown>>;
          /** Replaces all of the old protected settings; never shown. */
          readonly protectedSettings?: Readonly<Record<string, unknown>>;
          /** A new value makes the extension run again. */
          readonly forceUpdateTag?: string;
        }[];
        /** Values by path, as `az vmss update --set` takes them. */
        readonly set?: Readonly<Record<string, unknown>>;
        /** Values to add to lists: an object by path, or a list of path and value. */
        readonly add?:
          | Readonly<Record<string, unknown>>
          | {
              /** Path of the list. */
              readonly path: string;
              /** The value to add. */
              readonly value: unknown;
            }[];
        /** Paths of properties or list items to remove. */
        readonly remove?: string[];
      };
      /** When it looks; its rollouts then wait for the window. By default every hour while a window is open. */
      readonly looks?: {
        /** Minute, hour, day of the month, month and weekday. */
        readonly cron: string;
        /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
        readonly timeZone: string;
      };
      /** When batches may start. A batch that has started is finished, however late it gets. By default at any time. */
      readonly windows?: {
        /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
        readonly timeZone: string;
        /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
        readonly open: (
          | {
              /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
              readonly cron: string;
              /** How long it stays open. */
              readonly durationMinutes: number;
            }
          | {
              /** The first time. */
              readonly startDateTime: string;
              /** How long it stays open, in hours and minutes. */
              readonly duration: string;
              /** How often, as in a maintenance configuration. */
              readonly recurEvery: string;
              /** The last day. */
              readonly expirationDateTime?: string;
            }
        )[];
        /** Days on which no window is open. */
        readonly closedOn?: string[];
      };
      /** How many of its rollouts may be open at once. Default `10`. */
      readonly concurrency: number;
      /** Settings of its rollouts, in the fields of a spec. */
      readonly rollout: {
        /** A strategy by its name, instead of strategy, health, soakSeconds, approvals and onFailure. */
        readonly namedStrategy?: {
          /** Its name. */
          readonly name: string;
          /** Its version; by default the one in force when the rollout is accepted. */
          readonly version?: number;
        };
        /** The order, and how many at once. */
        readonly strategy: {
          /** What instances are batched by. Default `"updateDomain"`. */
          readonly batchBy: 'updateDomain' | 'faultDomain' | 'zone' | 'count' | 'percent' | 'steps';
          /** Sizes of the batches, as counts or shares; the last one repeats. */
          readonly steps?: (number | string)[];
          /** Size of a first batch of its own. */
          readonly canary?: number;
          /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
          readonly maxUnavailable?: number | string;
          /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
          readonly pacing: 'barrier' | 'sliding';
          /** Which instances come first. Default `"id"`. */
          readonly order: 'id' | 'unhealthyFirst';
          /** A more disruptive change is refused. Default `"reimage"`. */
          readonly mostDisruptiveAllowed: 'none' | 'restart' | 'reimage' | 'deallocate';
          /** Whether to allow a change that a rollback cannot restore. Default `false`. */
          readonly acceptIrreversible: boolean;
        };
        /** When an instance is healthy, and how many may be unhealthy. */
        readonly health: {
          /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
          readonly requireSignal: boolean;
          /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
          readonly stableSeconds: number;
          /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
          readonly timeoutSeconds: number;
          /** How long an operation in Azure may take. In seconds. Default `5400`. */
          readonly operationTimeoutSeconds: number;
          /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
          readonly maxUnhealthyInstancePercent: number;
          /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
          readonly maxUnhealthyUpgradedInstancePercent: number;
          /** Whether to start although too many instances are unhealthy. Default `false`. */
          readonly fixForward: boolean;
        };
        /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
        readonly soakSeconds: number;
        /** What needs approval, and by whom. */
        readonly approvals: {
          /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
          readonly before: 'none' | 'rollout' | 'batch' | number[];
          /** How many people must approve. Default `1`. */
          readonly quorum: number;
          /** Whether the requester may approve. Default `true`. */
          readonly allowRequester: boolean;
          /** How long to wait for approval. In seconds. Default `86400`. */
          readonly timeoutSeconds: number;
          /** What happens after that time. Default `"reject"`. */
          readonly onTimeout: 'reject' | 'approve';
          /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
          readonly onDuty?: {
            /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
            readonly timeZone: string;
            /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
            readonly open: (
              | {
                  /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                  readonly cron: string;
                  /** How long it stays open. */
                  readonly durationMinutes: number;
                }
              | {
                  /** The first time. */
                  readonly startDateTime: string;
                  /** How long it stays open, in hours and minutes. */
                  readonly duration: string;
                  /** How often, as in a maintenance configuration. */
                  readonly recurEvery: string;
                  /** The last day. */
                  readonly expirationDateTime?: string;
                }
            )[];
            /** Days on which no window is open. */
            readonly closedOn?: string[];
          };
        };
        /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
        readonly onFailure: 'rollback' | 'pause' | 'halt';
        /** How long the rollout may take, not counting pauses and waits for approval. In seconds. Default `86400`. */
        readonly timeoutSeconds: number;
        /** Whether to change a scale set that another service manages. Default `false`. */
        readonly acceptManaged: boolean;
        /** Labels to keep with the rollout. */
        readonly labels?: Readonly<Record<string, string>>;
      };
    };
    /** Number of the version in force. */
    readonly number: number;
    /** Who wrote it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** The reason, for people. */
    readonly reason?: string;
    /** When it last looked. */
    readonly lookedAt: string | null;
    /** When it looks next; null if never again. */
    readonly looksNext: string | null;
  }[];
  /** What the caller may do to schedules. */
  readonly may: ('set' | 'delete' | 'run' | 'release')[];
};

export type ScheduleView = {
  /** Its name. */
  readonly name: string;
  /** Which scale sets are kept on which image version, and when. */
  readonly schedule: {
    /** Whether it is on. Default `true`. */
    readonly enabled: boolean;
    /** Scale sets, in addition to those whose tag `vmss-rollout:schedule` names it. */
    readonly scaleSets?: string[];
    /** The image that it is for, as a model names it. Scale sets with another one are left alone; by default each set is kept on the image of its own model. */
    readonly source?:
      | {
          /** Publisher of a platform image. */
          readonly publisher: string;
          /** Its offer. */
          readonly offer: string;
          /** Its sku; by default every one. */
          readonly sku?: string;
        }
      | {
          /** Resource id of an image in a gallery, without a version. */
          readonly id: string;
        }
      | {
          /** Id of an image in a gallery that is shared with the subscription or the tenant. */
          readonly sharedGalleryImageId: string;
        }
      | {
          /** Id of an image in a community gallery. */
          readonly communityGalleryImageId: string;
        };
    /** The newest matching version, or the one before it. Default `"newest"`. */
    readonly channel: 'newest' | 'previous';
    /** The oldest version that matches. */
    readonly from?: string;
    /** Versions from this one on do not match. */
    readonly below?: string;
    /** Versions that do not match. */
    readonly exclude?: string[];
    /** How long a version must have been known to this app. Default `0`. */
    readonly leastAgeHours: number;
    /** Groups of scale sets that take a version one after the other; a scale set in none of them is in the last. */
    readonly rings?: {
      /** Its name; a scale set joins it with the tag `vmss-rollout:ring`. */
      readonly name: string;
      /** Scale sets of the ring, in addition to those with the tag. */
      readonly scaleSets?: string[];
      /** How long every scale set of the previous ring must have run a version before this ring takes it. Default `24`. */
      readonly cleanHours: number;
    }[];
    /** What else to change along with a version. It is shown to everybody who may look, so it takes no secrets. */
    readonly change?: {
      /** VM size. */
      readonly vmSize?: string;
      /** Extensions that the scale set already has; each is written through its own resource. */
      readonly extensions?: {
        /** Name of the extension in the model. */
        readonly name: string;
        /** Replaces all of the old settings. */
        readonly settings?: Readonly<Record<string, unknown>>;
        /** Replaces all of the old protected settings; never shown. */
        readonly protectedSettings?: Readonly<Record<string, unknown>>;
        /** A new value makes the extension run again. */
        readonly forceUpdateTag?: string;
      }[];
      /** Values by path, as `az vmss update --set` takes them. */
      readonly set?: Readonly<Record<string, unknown>>;
      /** Values to add to lists: an object by path, or a list of path and value. */
      readonly add?:
        | Readonly<Record<string, unknown>>
        | {
            /** Path of the list. */
            readonly path: string;
            /** The value to add. */
            readonly value: unknown;
          }[];
      /** Paths of properties or list items to remove. */
      readonly remove?: string[];
    };
    /** When it looks; its rollouts then wait for the window. By default every hour while a window is open. */
    readonly looks?: {
      /** Minute, hour, day of the month, month and weekday. */
      readonly cron: string;
      /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
      readonly timeZone: string;
    };
    /** When batches may start. A batch that has started is finished, however late it gets. By default at any time. */
    readonly windows?: {
      /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
      readonly timeZone: string;
      /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
      readonly open: (
        | {
            /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
            readonly cron: string;
            /** How long it stays open. */
            readonly durationMinutes: number;
          }
        | {
            /** The first time. */
            readonly startDateTime: string;
            /** How long it stays open, in hours and minutes. */
            readonly duration: string;
            /** How often, as in a maintenance configuration. */
            readonly recurEvery: string;
            /** The last day. */
            readonly expirationDateTime?: string;
          }
      )[];
      /** Days on which no window is open. */
      readonly closedOn?: string[];
    };
    /** How many of its rollouts may be open at once. Default `10`. */
    readonly concurrency: number;
    /** Settings of its rollouts, in the fields of a spec. */
    readonly rollout: {
      /** A strategy by its name, instead of strategy, health, soakSeconds, approvals and onFailure. */
      readonly namedStrategy?: {
        /** Its name. */
        readonly name: string;
        /** Its version; by default the one in force when the rollout is accepted. */
        readonly version?: number;
      };
      /** The order, and how many at once. */
      readonly strategy: {
        /** What instances are batched by. Default `"updateDomain"`. */
        readonly batchBy: 'updateDomain' | 'faultDomain' | 'zone' | 'count' | 'percent' | 'steps';
        /** Sizes of the batches, as counts or shares; the last one repeats. */
        readonly steps?: (number | string)[];
        /** Size of a first batch of its own. */
        readonly canary?: number;
        /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
        readonly maxUnavailable?: number | string;
        /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
        readonly pacing: 'barrier' | 'sliding';
        /** Which instances come first. Default `"id"`. */
        readonly order: 'id' | 'unhealthyFirst';
        /** A more disruptive change is refused. Default `"reimage"`. */
        readonly mostDisruptiveAllowed: 'none' | 'restart' | 'reimage' | 'deallocate';
        /** Whether to allow a change that a rollback cannot restore. Default `false`. */
        readonly acceptIrreversible: boolean;
      };
      /** When an instance is healthy, and how many may be unhealthy. */
      readonly health: {
        /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
        readonly requireSignal: boolean;
        /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
        readonly stableSeconds: number;
        /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
        readonly timeoutSeconds: number;
        /** How long an operation in Azure may take. In seconds. Default `5400`. */
        readonly operationTimeoutSeconds: number;
        /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
        readonly maxUnhealthyInstancePercent: number;
        /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
        readonly maxUnhealthyUpgradedInstancePercent: number;
        /** Whether to start although too many instances are unhealthy. Default `false`. */
        readonly fixForward: boolean;
      };
      /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
      readonly soakSeconds: number;
      /** What needs approval, and by whom. */
      readonly approvals: {
        /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
        readonly before: 'none' | 'rollout' | 'batch' | number[];
        /** How many people must approve. Default `1`. */
        readonly quorum: number;
        /** Whether the requester may approve. Default `true`. */
        readonly allowRequester: boolean;
        /** How long to wait for approval. In seconds. Default `86400`. */
        readonly timeoutSeconds: number;
        /** What happens after that time. Default `"reject"`. */
        readonly onTimeout: 'reject' | 'approve';
        /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
        readonly onDuty?: {
          /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
          readonly timeZone: string;
          /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
          readonly open: (
            | {
                /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                readonly cron: string;
                /** How long it stays open. */
                readonly durationMinutes: number;
              }
            | {
                /** The first time. */
                readonly startDateTime: string;
                /** How long it stays open, in hours and minutes. */
                readonly duration: string;
                /** How often, as in a maintenance configuration. */
                readonly recurEvery: string;
                /** The last day. */
                readonly expirationDateTime?: string;
              }
          )[];
          /** Days on which no window is open. */
          readonly closedOn?: string[];
        };
      };
      /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
      readonly onFailure: 'rollback' | 'pause' | 'halt';
      /** How long the rollout may take, not counting pauses and waits for approval. In seconds. Default `86400`. */
      readonly timeoutSeconds: number;
      /** Whether to change a scale set that another service manages. Default `false`. */
      readonly acceptManaged: boolean;
      /** Labels to keep with the rollout. */
      readonly labels?: Readonly<Record<string, string>>;
    };
  };
  /** Number of the version in force. */
  readonly number: number;
  /** Who wrote it. */
  readonly by: string;
  /** When. */
  readonly at: string;
  /** The reason, for people. */
  readonly reason?: string;
  /** When it last looked. */
  readonly lookedAt: string | null;
  /** When it looks next; null if never again. */
  readonly looksNext: string | null;
  /** What the caller may do to schedules. */
  readonly may: ('set' | 'delete' | 'run' | 'release')[];
  /** Every version, oldest first; a version without a schedule is a deletion. */
  readonly versions: {
    /** Its number. */
    readonly number: number;
    /** Who wrote it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** The reason, for people. */
    readonly reason?: string;
    /** Which scale sets are kept on which image version, and when. */
    readonly schedule: {
      /** Whether it is on. Default `true`. */
      readonly enabled: boolean;
      /** Scale sets, in addition to those whose tag `vmss-rollout:schedule` names it. */
      readonly scaleSets?: string[];
      /** The image that it is for, as a model names it. Scale sets with another one are left alone; by default each set is kept on the image of its own model. */
      readonly source?:
        | {
            /** Publisher of a platform image. */
            readonly publisher: string;
            /** Its offer. */
            readonly offer: string;
            /** Its sku; by default every one. */
            readonly sku?: string;
          }
        | {
            /** Resource id of an image in a gallery, without a version. */
            readonly id: string;
          }
        | {
            /** Id of an image in a gallery that is shared with the subscription or the tenant. */
            readonly sharedGalleryImageId: string;
          }
        | {
            /** Id of an image in a community gallery. */
            readonly communityGalleryImageId: string;
          };
      /** The newest matching version, or the one before it. Default `"newest"`. */
      readonly channel: 'newest' | 'previous';
      /** The oldest version that matches. */
      readonly from?: string;
      /** Versions from this one on do not match. */
      readonly below?: string;
      /** Versions that do not match. */
      readonly exclude?: string[];
      /** How long a version must have been known to this app. Default `0`. */
      readonly leastAgeHours: number;
      /** Groups of scale sets that take a version one after the other; a scale set in none of them is in the last. */
      readonly rings?: {
        /** Its name; a scale set joins it with the tag `vmss-rollout:ring`. */
        readonly name: string;
        /** Scale sets of the ring, in addition to those with the tag. */
        readonly scaleSets?: string[];
        /** How long every scale set of the previous ring must have run a version before this ring takes it. Default `24`. */
        readonly cleanHours: number;
      }[];
      /** What else to change along with a version. It is shown to everybody who may look, so it takes no secrets. */
      readonly change?: {
        /** VM size. */
        readonly vmSize?: string;
        /** Extensions that the scale set already has; each is written through its own resource. */
        readonly extensions?: {
          /** Name of the extension in the model. */
          readonly name: string;
          /** Replaces all of the old settings. */
          readonly settings?: Readonly<Record<string, unknown>>;
          /** Replaces all of the old protected settings; never shown. */
          readonly protectedSettings?: Readonly<Record<string, unknown>>;
          /** A new value makes the extension run again. */
          readonly forceUpdateTag?: string;
        }[];
        /** Values by path, as `az vmss update --set` takes them. */
        readonly set?: Readonly<Record<string, unknown>>;
        /** Values to add to lists: an object by path, or a list of path and value. */
        readonly add?:
          | Readonly<Record<string, unknown>>
          | {
              /** Path of the list. */
              readonly path: string;
              /** The value to add. */
              readonly value: unknown;
            }[];
        /** Paths of properties or list items to remove. */
        readonly remove?: string[];
      };
      /** When it looks; its rollouts then wait for the window. By default every hour while a window is open. */
      readonly looks?: {
        /** Minute, hour, day of the month, month and weekday. */
        readonly cron: string;
        /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
        readonly timeZone: string;
      };
      /** When batches may start. A batch that has started is finished, however late it gets. By default at any time. */
      readonly windows?: {
        /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
        readonly timeZone: string;
        /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
        readonly open: (
          | {
              /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
              readonly cron: string;
              /** How long it stays open. */
              readonly durationMinutes: number;
            }
          | {
              /** The first time. */
              readonly startDateTime: string;
              /** How long it stays open, in hours and minutes. */
              readonly duration: string;
              /** How often, as in a maintenance configuration. */
              readonly recurEvery: string;
              /** The last day. */
              readonly expirationDateTime?: string;
            }
        )[];
        /** Days on which no window is open. */
        readonly closedOn?: string[];
      };
      /** How many of its rollouts may be open at once. Default `10`. */
      readonly concurrency: number;
      /** Settings of its rollouts, in the fields of a spec. */
      readonly rollout: {
        /** A strategy by its name, instead of strategy, health, soakSeconds, approvals and onFailure. */
        readonly namedStrategy?: {
          /** Its name. */
          readonly name: string;
          /** Its version; by default the one in force when the rollout is accepted. */
          readonly version?: number;
        };
        /** The order, and how many at once. */
        readonly strategy: {
          /** What instances are batched by. Default `"updateDomain"`. */
          readonly batchBy: 'updateDomain' | 'faultDomain' | 'zone' | 'count' | 'percent' | 'steps';
          /** Sizes of the batches, as counts or shares; the last one repeats. */
          readonly steps?: (number | string)[];
          /** Size of a first batch of its own. */
          readonly canary?: number;
          /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
          readonly maxUnavailable?: number | string;
          /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
          readonly pacing: 'barrier' | 'sliding';
          /** Which instances come first. Default `"id"`. */
          readonly order: 'id' | 'unhealthyFirst';
          /** A more disruptive change is refused. Default `"reimage"`. */
          readonly mostDisruptiveAllowed: 'none' | 'restart' | 'reimage' | 'deallocate';
          /** Whether to allow a change that a rollback cannot restore. Default `false`. */
          readonly acceptIrreversible: boolean;
        };
        /** When an instance is healthy, and how many may be unhealthy. */
        readonly health: {
          /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
          readonly requireSignal: boolean;
          /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
          readonly stableSeconds: number;
          /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
          readonly timeoutSeconds: number;
          /** How long an operation in Azure may take. In seconds. Default `5400`. */
          readonly operationTimeoutSeconds: number;
          /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
          readonly maxUnhealthyInstancePercent: number;
          /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
          readonly maxUnhealthyUpgradedInstancePercent: number;
          /** Whether to start although too many instances are unhealthy. Default `false`. */
          readonly fixForward: boolean;
        };
        /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
        readonly soakSeconds: number;
        /** What needs approval, and by whom. */
        readonly approvals: {
          /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
          readonly before: 'none' | 'rollout' | 'batch' | number[];
          /** How many people must approve. Default `1`. */
          readonly quorum: number;
          /** Whether the requester may approve. Default `true`. */
          readonly allowRequester: boolean;
          /** How long to wait for approval. In seconds. Default `86400`. */
          readonly timeoutSeconds: number;
          /** What happens after that time. Default `"reject"`. */
          readonly onTimeout: 'reject' | 'approve';
          /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
          readonly onDuty?: {
            /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
            readonly timeZone: string;
            /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
            readonly open: (
              | {
                  /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                  readonly cron: string;
                  /** How long it stays open. */
                  readonly durationMinutes: number;
                }
              | {
                  /** The first time. */
                  readonly startDateTime: string;
                  /** How long it stays open, in hours and minutes. */
                  readonly duration: string;
                  /** How often, as in a maintenance configuration. */
                  readonly recurEvery: string;
                  /** The last day. */
                  readonly expirationDateTime?: string;
                }
            )[];
            /** Days on which no window is open. */
            readonly closedOn?: string[];
          };
        };
        /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
        readonly onFailure: 'rollback' | 'pause' | 'halt';
        /** How long the rollout may take, not counting pauses and waits for approval. In seconds. Default `86400`. */
        readonly timeoutSeconds: number;
        /** Whether to change a scale set that another service manages. Default `false`. */
        readonly acceptManaged: boolean;
        /** Labels to keep with the rollout. */
        readonly labels?: Readonly<Record<string, string>>;
      };
    } | null;
  }[];
  /** Versions that people have released to be tried again. */
  readonly releases: {
    /** The version. */
    readonly version: string;
    /** Who did it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** Why. */
    readonly reason: string;
  }[];
};

export type ScheduleState = {
  /** Its name. */
  readonly name: string;
  /** Which scale sets are kept on which image version, and when. */
  readonly schedule: {
    /** Whether it is on. Default `true`. */
    readonly enabled: boolean;
    /** Scale sets, in addition to those whose tag `vmss-rollout:schedule` names it. */
    readonly scaleSets?: string[];
    /** The image that it is for, as a model names it. Scale sets with another one are left alone; by default each set is kept on the image of its own model. */
    readonly source?:
      | {
          /** Publisher of a platform image. */
          readonly publisher: string;
          /** Its offer. */
          readonly offer: string;
          /** Its sku; by default every one. */
          readonly sku?: string;
        }
      | {
          /** Resource id of an image in a gallery, without a version. */
          readonly id: string;
        }
      | {
          /** Id of an image in a gallery that is shared with the subscription or the tenant. */
          readonly sharedGalleryImageId: string;
        }
      | {
          /** Id of an image in a community gallery. */
          readonly communityGalleryImageId: string;
        };
    /** The newest matching version, or the one before it. Default `"newest"`. */
    readonly channel: 'newest' | 'previous';
    /** The oldest version that matches. */
    readonly from?: string;
    /** Versions from this one on do not match. */
    readonly below?: string;
    /** Versions that do not match. */
    readonly exclude?: string[];
    /** How long a version must have been known to this app. Default `0`. */
    readonly leastAgeHours: number;
    /** Groups of scale sets that take a version one after the other; a scale set in none of them is in the last. */
    readonly rings?: {
      /** Its name; a scale set joins it with the tag `vmss-rollout:ring`. */
      readonly name: string;
      /** Scale sets of the ring, in addition to those with the tag. */
      readonly scaleSets?: string[];
      /** How long every scale set of the previous ring must have run a version before this ring takes it. Default `24`. */
      readonly cleanHours: number;
    }[];
    /** What else to change along with a version. It is shown to everybody who may look, so it takes no secrets. */
    readonly change?: {
      /** VM size. */
      readonly vmSize?: string;
      /** Extensions that the scale set already has; each is written through its own resource. */
      readonly extensions?: {
        /** Name of the extension in the model. */
        readonly name: string;
        /** Replaces all of the old settings. */
        readonly settings?: Readonly<Record<string, unknown>>;
        /** Replaces all of the old protected settings; never shown. */
        readonly protectedSettings?: Readonly<Record<string, unknown>>;
        /** A new value makes the extension run again. */
        readonly forceUpdateTag?: string;
      }[];
      /** Values by path, as `az vmss update --set` takes them. */
      readonly set?: Readonly<Record<string, unknown>>;
      /** Values to add to lists: an object by path, or a list of path and value. */
      readonly add?:
        | Readonly<Record<string, unknown>>
        | {
            /** Path of the list. */
            readonly path: string;
            /** The value to add. */
            readonly value: unknown;
          }[];
      /** Paths of properties or list items to remove. */
      readonly remove?: string[];
    };
    /** When it looks; its rollouts then wait for the window. By default every hour while a window is open. */
    readonly looks?: {
      /** Minute, hour, day of the month, month and weekday. */
      readonly cron: string;
      /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
      readonly timeZone: string;
    };
    /** When batches may start. A batch that has started is finished, however late it gets. By default at any time. */
    readonly windows?: {
      /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
      readonly timeZone: string;
      /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
      readonly open: (
        | {
            /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
            readonly cron: string;
            /** How long it stays open. */
            readonly durationMinutes: number;
          }
        | {
            /** The first time. */
            readonly startDateTime: string;
            /** How long it stays open, in hours and minutes. */
            readonly duration: string;
            /** How often, as in a maintenance configuration. */
            readonly recurEvery: string;
            /** The last day. */
            readonly expirationDateTime?: string;
          }
      )[];
      /** Days on which no window is open. */
      readonly closedOn?: string[];
    };
    /** How many of its rollouts may be open at once. Default `10`. */
    readonly concurrency: number;
    /** Settings of its rollouts, in the fields of a spec. */
    readonly rollout: {
      /** A strategy by its name, instead of strategy, health, soakSeconds, approvals and onFailure. */
      readonly namedStrategy?: {
        /** Its name. */
        readonly name: string;
        /** Its version; by default the one in force when the rollout is accepted. */
        readonly version?: number;
      };
      /** The order, and how many at once. */
      readonly strategy: {
        /** What instances are batched by. Default `"updateDomain"`. */
        readonly batchBy: 'updateDomain' | 'faultDomain' | 'zone' | 'count' | 'percent' | 'steps';
        /** Sizes of the batches, as counts or shares; the last one repeats. */
        readonly steps?: (number | string)[];
        /** Size of a first batch of its own. */
        readonly canary?: number;
        /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
        readonly maxUnavailable?: number | string;
        /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
        readonly pacing: 'barrier' | 'sliding';
        /** Which instances come first. Default `"id"`. */
        readonly order: 'id' | 'unhealthyFirst';
        /** A more disruptive change is refused. Default `"reimage"`. */
        readonly mostDisruptiveAllowed: 'none' | 'restart' | 'reimage' | 'deallocate';
        /** Whether to allow a change that a rollback cannot restore. Default `false`. */
        readonly acceptIrreversible: boolean;
      };
      /** When an instance is healthy, and how many may be unhealthy. */
      readonly health: {
        /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
        readonly requireSignal: boolean;
        /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
        readonly stableSeconds: number;
        /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
        readonly timeoutSeconds: number;
        /** How long an operation in Azure may take. In seconds. Default `5400`. */
        readonly operationTimeoutSeconds: number;
        /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
        readonly maxUnhealthyInstancePercent: number;
        /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
        readonly maxUnhealthyUpgradedInstancePercent: number;
        /** Whether to start although too many instances are unhealthy. Default `false`. */
        readonly fixForward: boolean;
      };
      /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
      readonly soakSeconds: number;
      /** What needs approval, and by whom. */
      readonly approvals: {
        /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
        readonly before: 'none' | 'rollout' | 'batch' | number[];
        /** How many people must approve. Default `1`. */
        readonly quorum: number;
        /** Whether the requester may approve. Default `true`. */
        readonly allowRequester: boolean;
        /** How long to wait for approval. In seconds. Default `86400`. */
        readonly timeoutSeconds: number;
        /** What happens after that time. Default `"reject"`. */
        readonly onTimeout: 'reject' | 'approve';
        /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
        readonly onDuty?: {
          /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
          readonly timeZone: string;
          /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
          readonly open: (
            | {
                /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                readonly cron: string;
                /** How long it stays open. */
                readonly durationMinutes: number;
              }
            | {
                /** The first time. */
                readonly startDateTime: string;
                /** How long it stays open, in hours and minutes. */
                readonly duration: string;
                /** How often, as in a maintenance configuration. */
                readonly recurEvery: string;
                /** The last day. */
                readonly expirationDateTime?: string;
              }
          )[];
          /** Days on which no window is open. */
          readonly closedOn?: string[];
        };
      };
      /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
      readonly onFailure: 'rollback' | 'pause' | 'halt';
      /** How long the rollout may take, not counting pauses and waits for approval. In seconds. Default `86400`. */
      readonly timeoutSeconds: number;
      /** Whether to change a scale set that another service manages. Default `false`. */
      readonly acceptManaged: boolean;
      /** Labels to keep with the rollout. */
      readonly labels?: Readonly<Record<string, string>>;
    };
  };
};

export type ScheduleDeleted = {
  /** Its name. */
  readonly name: string;
};

export type ScheduleDecision = {
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** The ring that it is in. */
  readonly ring: string | null;
  /** Whether a rollout starts, there is nothing to do, it waits, or only a person or a newer version can change it. */
  readonly outcome: 'start' | 'done' | 'waits' | 'blocked';
  /** Why. */
  readonly code: string;
  /** The same in words. */
  readonly message: string;
  /** The version concerned. */
  readonly version?: string;
  /** Id of the rollout concerned. */
  readonly rolloutId?: string;
  /** When that may change. */
  readonly until?: string;
  /** Newer versions that nobody is to take, newest first. */
  readonly passedOver?: {
    /** The version. */
    readonly version: string;
    /** Why. */
    readonly code: 'excludedFromLatest' | 'endOfLife' | 'notInRegion' | 'replicating' | 'deprecated';
    /** The same in words. */
    readonly message: string;
  }[];
};

export type ScheduleExplanation = {
  /** Its name. */
  readonly name: string;
  /** When it last looked. */
  readonly lookedAt: string | null;
  /** When it looks next; null if never again. */
  readonly looksNext: string | null;
  /** Its window, if it has one. */
  readonly window: {
    /** Whether it is open now. */
    readonly open: boolean;
    /** When that changes; null if never. */
    readonly until: string | null;
  } | null;
  /** Why scale sets that only a tag names may be missing. */
  readonly unreadable?: string;
  /** Its scale sets, in the order of the rings. */
  readonly scaleSets: ScheduleDecision[];
};

export type ScheduleRun = {
  /** Its name. */
  readonly name: string;
  /** The decision for each scale set, in the order of the rings. */
  readonly scaleSets: ScheduleDecision[];
};

export type Releases = {
  /** Versions that people have released to be tried again. */
  readonly value: {
    /** The version. */
    readonly version: string;
    /** Who did it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** Why. */
    readonly reason: string;
  }[];
};

export type Strategies = {
  /** Strategies, ordered by name. */
  readonly value: {
    /** Its name. */
    readonly name: string;
    /** How rollouts go that use it, in the fields of a spec. */
    readonly strategy: {
      /** The order, and how many at once. */
      readonly strategy: {
        /** What instances are batched by. Default `"updateDomain"`. */
        readonly batchBy: 'updateDomain' | 'faultDomain' | 'zone' | 'count' | 'percent' | 'steps';
        /** Sizes of the batches, as counts or shares; the last one repeats. */
        readonly steps?: (number | string)[];
        /** Size of a first batch of its own. */
        readonly canary?: number;
        /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
        readonly maxUnavailable?: number | string;
        /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
        readonly pacing: 'barrier' | 'sliding';
        /** Which instances come first. Default `"id"`. */
        readonly order: 'id' | 'unhealthyFirst';
        /** A more disruptive change is refused. Default `"reimage"`. */
        readonly mostDisruptiveAllowed: 'none' | 'restart' | 'reimage' | 'deallocate';
        /** Whether to allow a change that a rollback cannot restore. Default `false`. */
        readonly acceptIrreversible: boolean;
      };
      /** When an instance is healthy, and how many may be unhealthy. */
      readonly health: {
        /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
        readonly requireSignal: boolean;
        /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
        readonly stableSeconds: number;
        /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
        readonly timeoutSeconds: number;
        /** How long an operation in Azure may take. In seconds. Default `5400`. */
        readonly operationTimeoutSeconds: number;
        /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
        readonly maxUnhealthyInstancePercent: number;
        /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
        readonly maxUnhealthyUpgradedInstancePercent: number;
        /** Whether to start although too many instances are unhealthy. Default `false`. */
        readonly fixForward: boolean;
      };
      /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
      readonly soakSeconds: number;
      /** What needs approval, and by whom. */
      readonly approvals: {
        /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
        readonly before: 'none' | 'rollout' | 'batch' | number[];
        /** How many people must approve. Default `1`. */
        readonly quorum: number;
        /** Whether the requester may approve. Default `true`. */
        readonly allowRequester: boolean;
        /** How long to wait for approval. In seconds. Default `86400`. */
        readonly timeoutSeconds: number;
        /** What happens after that time. Default `"reject"`. */
        readonly onTimeout: 'reject' | 'approve';
        /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
        readonly onDuty?: {
          /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
          readonly timeZone: string;
          /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
          readonly open: (
            | {
                /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                readonly cron: string;
                /** How long it stays open. */
                readonly durationMinutes: number;
              }
            | {
                /** The first time. */
                readonly startDateTime: string;
                /** How long it stays open, in hours and minutes. */
                readonly duration: string;
                /** How often, as in a maintenance configuration. */
                readonly recurEvery: string;
                /** The last day. */
                readonly expirationDateTime?: string;
              }
          )[];
          /** Days on which no window is open. */
          readonly closedOn?: string[];
        };
      };
      /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
      readonly onFailure: 'rollback' | 'pause' | 'halt';
    };
    /** Number of the version. */
    readonly number: number;
    /** Who wrote it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** The reason, for people. */
    readonly reason?: string;
  }[];
};

export type StrategyView = {
  /** Its name. */
  readonly name: string;
  /** How rollouts go that use it, in the fields of a spec. */
  readonly strategy: {
    /** The order, and how many at once. */
    readonly strategy: {
      /** What instances are batched by. Default `"updateDomain"`. */
      readonly batchBy: 'updateDomain' | 'faultDomain' | 'zone' | 'count' | 'percent' | 'steps';
      /** Sizes of the batches, as counts or shares; the last one repeats. */
      readonly steps?: (number | string)[];
      /** Size of a first batch of its own. */
      readonly canary?: number;
      /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
      readonly maxUnavailable?: number | string;
      /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
      readonly pacing: 'barrier' | 'sliding';
      /** Which instances come first. Default `"id"`. */
      readonly order: 'id' | 'unhealthyFirst';
      /** A more disruptive change is refused. Default `"reimage"`. */
      readonly mostDisruptiveAllowed: 'none' | 'restart' | 'reimage' | 'deallocate';
      /** Whether to allow a change that a rollback cannot restore. Default `false`. */
      readonly acceptIrreversible: boolean;
    };
    /** When an instance is healthy, and how many may be unhealthy. */
    readonly health: {
      /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
      readonly requireSignal: boolean;
      /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
      readonly stableSeconds: number;
      /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
      readonly timeoutSeconds: number;
      /** How long an operation in Azure may take. In seconds. Default `5400`. */
      readonly operationTimeoutSeconds: number;
      /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
      readonly maxUnhealthyInstancePercent: number;
      /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
      readonly maxUnhealthyUpgradedInstancePercent: number;
      /** Whether to start although too many instances are unhealthy. Default `false`. */
      readonly fixForward: boolean;
    };
    /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
    readonly soakSeconds: number;
    /** What needs approval, and by whom. */
    readonly approvals: {
      /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
      readonly before: 'none' | 'rollout' | 'batch' | number[];
      /** How many people must approve. Default `1`. */
      readonly quorum: number;
      /** Whether the requester may approve. Default `true`. */
      readonly allowRequester: boolean;
      /** How long to wait for approval. In seconds. Default `86400`. */
      readonly timeoutSeconds: number;
      /** What happens after that time. Default `"reject"`. */
      readonly onTimeout: 'reject' | 'approve';
      /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
      readonly onDuty?: {
        /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
        readonly timeZone: string;
        /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
        readonly open: (
          | {
              /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
              readonly cron: string;
              /** How long it stays open. */
              readonly durationMinutes: number;
            }
          | {
              /** The first time. */
              readonly startDateTime: string;
              /** How long it stays open, in hours and minutes. */
              readonly duration: string;
              /** How often, as in a maintenance configuration. */
              readonly recurEvery: string;
              /** The last day. */
              readonly expirationDateTime?: string;
            }
        )[];
        /** Days on which no window is open. */
        readonly closedOn?: string[];
      };
    };
    /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
    readonly onFailure: 'rollback' | 'pause' | 'halt';
  };
  /** Number of the version. */
  readonly number: number;
  /** Who wrote it. */
  readonly by: string;
  /** When. */
  readonly at: string;
  /** The reason, for people. */
  readonly reason?: string;
  /** Every version, oldest first; a version without a strategy is a deletion. */
  readonly versions: {
    /** Number of the version. */
    readonly number: number;
    /** Who wrote it. */
    readonly by: string;
    /** When. */
    readonly at: string;
    /** The reason, for people. */
    readonly reason?: string;
    /** How rollouts go that use it, in the fields of a spec. */
    readonly strategy: {
      /** The order, and how many at once. */
      readonly strategy: {
        /** What instances are batched by. Default `"updateDomain"`. */
        readonly batchBy: 'updateDomain' | 'faultDomain' | 'zone' | 'count' | 'percent' | 'steps';
        /** Sizes of the batches, as counts or shares; the last one repeats. */
        readonly steps?: (number | string)[];
        /** Size of a first batch of its own. */
        readonly canary?: number;
        /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
        readonly maxUnavailable?: number | string;
        /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
        readonly pacing: 'barrier' | 'sliding';
        /** Which instances come first. Default `"id"`. */
        readonly order: 'id' | 'unhealthyFirst';
        /** A more disruptive change is refused. Default `"reimage"`. */
        readonly mostDisruptiveAllowed: 'none' | 'restart' | 'reimage' | 'deallocate';
        /** Whether to allow a change that a rollback cannot restore. Default `false`. */
        readonly acceptIrreversible: boolean;
      };
      /** When an instance is healthy, and how many may be unhealthy. */
      readonly health: {
        /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
        readonly requireSignal: boolean;
        /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
        readonly stableSeconds: number;
        /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
        readonly timeoutSeconds: number;
        /** How long an operation in Azure may take. In seconds. Default `5400`. */
        readonly operationTimeoutSeconds: number;
        /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
        readonly maxUnhealthyInstancePercent: number;
        /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
        readonly maxUnhealthyUpgradedInstancePercent: number;
        /** Whether to start although too many instances are unhealthy. Default `false`. */
        readonly fixForward: boolean;
      };
      /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
      readonly soakSeconds: number;
      /** What needs approval, and by whom. */
      readonly approvals: {
        /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
        readonly before: 'none' | 'rollout' | 'batch' | number[];
        /** How many people must approve. Default `1`. */
        readonly quorum: number;
        /** Whether the requester may approve. Default `true`. */
        readonly allowRequester: boolean;
        /** How long to wait for approval. In seconds. Default `86400`. */
        readonly timeoutSeconds: number;
        /** What happens after that time. Default `"reject"`. */
        readonly onTimeout: 'reject' | 'approve';
        /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
        readonly onDuty?: {
          /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
          readonly timeZone: string;
          /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
          readonly open: (
            | {
                /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
                readonly cron: string;
                /** How long it stays open. */
                readonly durationMinutes: number;
              }
            | {
                /** The first time. */
                readonly startDateTime: string;
                /** How long it stays open, in hours and minutes. */
                readonly duration: string;
                /** How often, as in a maintenance configuration. */
                readonly recurEvery: string;
                /** The last day. */
                readonly expirationDateTime?: string;
              }
          )[];
          /** Days on which no window is open. */
          readonly closedOn?: string[];
        };
      };
      /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
      readonly onFailure: 'rollback' | 'pause' | 'halt';
    } | null;
  }[];
};

export type StrategyState = {
  /** Its name. */
  readonly name: string;
  /** Number of the version. */
  readonly number: number;
  /** How rollouts go that use it, in the fields of a spec. */
  readonly strategy: {
    /** The order, and how many at once. */
    readonly strategy: {
      /** What instances are batched by. Default `"updateDomain"`. */
      readonly batchBy: 'updateDomain' | 'faultDomain' | 'zone' | 'count' | 'percent' | 'steps';
      /** Sizes of the batches, as counts or shares; the last one repeats. */
      readonly steps?: (number | string)[];
      /** Size of a first batch of its own. */
      readonly canary?: number;
      /** How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more. */
      readonly maxUnavailable?: number | string;
      /** `barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once. Default `"barrier"`. */
      readonly pacing: 'barrier' | 'sliding';
      /** Which instances come first. Default `"id"`. */
      readonly order: 'id' | 'unhealthyFirst';
      /** A more disruptive change is refused. Default `"reimage"`. */
      readonly mostDisruptiveAllowed: 'none' | 'restart' | 'reimage' | 'deallocate';
      /** Whether to allow a change that a rollback cannot restore. Default `false`. */
      readonly acceptIrreversible: boolean;
    };
    /** When an instance is healthy, and how many may be unhealthy. */
    readonly health: {
      /** Whether to refuse a scale set without a health extension or probe. Default `false`. */
      readonly requireSignal: boolean;
      /** How long an instance must stay healthy without a break. In seconds. Default `30`. */
      readonly stableSeconds: number;
      /** How long an instance may take to become healthy after its operation. In seconds. Default `900`. */
      readonly timeoutSeconds: number;
      /** How long an operation in Azure may take. In seconds. Default `5400`. */
      readonly operationTimeoutSeconds: number;
      /** The largest share of unhealthy instances in the whole scale set; more end the rollout. In percent. Default `20`. */
      readonly maxUnhealthyInstancePercent: number;
      /** The largest share of failed instances among the upgraded ones; more are a breach. In percent. Default `0`. */
      readonly maxUnhealthyUpgradedInstancePercent: number;
      /** Whether to start although too many instances are unhealthy. Default `false`. */
      readonly fixForward: boolean;
    };
    /** How long a batch must stay healthy before the next one starts. In seconds. Default `0`. */
    readonly soakSeconds: number;
    /** What needs approval, and by whom. */
    readonly approvals: {
      /** What needs approval: nothing, the rollout, every batch, or the batches with these indexes. Default `"none"`. */
      readonly before: 'none' | 'rollout' | 'batch' | number[];
      /** How many people must approve. Default `1`. */
      readonly quorum: number;
      /** Whether the requester may approve. Default `true`. */
      readonly allowRequester: boolean;
      /** How long to wait for approval. In seconds. Default `86400`. */
      readonly timeoutSeconds: number;
      /** What happens after that time. Default `"reject"`. */
      readonly onTimeout: 'reject' | 'approve';
      /** Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time. */
      readonly onDuty?: {
        /** Time zone, by its IANA name or the one that Windows has for it. Default `"UTC"`. */
        readonly timeZone: string;
        /** When a window opens and for how long: a cron expression, or the fields of a maintenance configuration. */
        readonly open: (
          | {
              /** Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time. */
              readonly cron: string;
              /** How long it stays open. */
              readonly durationMinutes: number;
            }
          | {
              /** The first time. */
              readonly startDateTime: string;
              /** How long it stays open, in hours and minutes. */
              readonly duration: string;
              /** How often, as in a maintenance configuration. */
              readonly recurEvery: string;
              /** The last day. */
              readonly expirationDateTime?: string;
            }
        )[];
        /** Days on which no window is open. */
        readonly closedOn?: string[];
      };
    };
    /** What to do on a breach: roll back, pause, or halt where it stands. Default `"rollback"`. */
    readonly onFailure: 'rollback' | 'pause' | 'halt';
  };
};

export type StrategyDeleted = {
  /** Its name. */
  readonly name: string;
};

export type Campaign = {
  /** Id of the campaign. */
  readonly id: string;
  /** What it is called. */
  readonly name: string;
  /** Its phase. */
  readonly phase:
    | 'paused'
    | 'accepted'
    | 'planning'
    | 'waiting'
    | 'running'
    | 'soaking'
    | 'rollingBack'
    | 'succeeded'
    | 'rolledBack'
    | 'halted'
    | 'failed'
    | 'refused'
    | 'rejected'
    | 'cancelled';
  /** Who requested it. */
  readonly requestedBy: string;
  /** The campaign that it undoes. */
  readonly rollbackOf?: string;
  /** The reason, for people. */
  readonly reason: string | null;
  /** Labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** When it was accepted. */
  readonly createdAt: string;
  /** When its first stage could begin. */
  readonly startedAt: string | null;
  /** When it ended. */
  readonly endedAt: string | null;
  /** The image version that every scale set takes, where it was pinned. */
  readonly version: string | null;
  /** Index of the stage that it is in. */
  readonly stage: number | null;
  /** What the caller may do next. */
  readonly next: {
    /** The command. */
    readonly command:
      | 'pause'
      | 'resume'
      | 'approve'
      | 'reject'
      | 'skip'
      | 'retry'
      | 'abort'
      | 'rollback'
      | 'undo';
    /** The stage that it would approve or reject. */
    readonly stage?: number;
  }[];
  /** What it waits for. */
  readonly waitingFor?: {
    /** What kind of thing. */
    readonly kind: 'approval' | 'soak';
    /** Index of the stage. */
    readonly stage: number;
    /** Since when. */
    readonly since?: string;
    /** How long at most. */
    readonly until: string;
    /** The same in words. */
    readonly message: string;
  };
  /** Who or what paused it. */
  readonly paused?: {
    /** Who did; null if a failure did. */
    readonly by: string | null;
    /** When. */
    readonly since: string;
    /** Why. */
    readonly reason?: string;
  };
  /** Why it stopped or ended. */
  readonly failure?: {
    /** What failed. */
    readonly code: string;
    /** The same in words. */
    readonly message: string;
    /** What can be done. */
    readonly remedy: string;
    /** Index of the stage. */
    readonly stage?: number;
  };
  /** How many scale sets there are, by phase. */
  readonly scaleSets: {
    /** All of them. */
    readonly total: number;
    /** Not begun. */
    readonly pending: number;
    /** With a running rollout. */
    readonly running: number;
    /** Upgraded. */
    readonly succeeded: number;
    /** Failed. */
    readonly failed: number;
    /** Skipped. */
    readonly skipped: number;
    /** Rolled back. */
    readonly rolledBack: number;
  };
  /** Commands that are possible now, but not for this caller. */
  readonly denied?: {
    /** The command. */
    readonly command:
      | 'pause'
      | 'resume'
      | 'approve'
      | 'reject'
      | 'skip'
      | 'retry'
      | 'abort'
      | 'rollback'
      | 'undo';
    /** Why not. */
    readonly message: string;
  }[];
  /** What it changes, without secrets. */
  readonly change: Readonly<Record<string, unknown>>;
  /** Its stages, in order. */
  readonly stages: CampaignStage[];
  /** Its scale sets, in the order of the stages. */
  readonly members: CampaignScaleSet[];
};

export type CampaignSummary = {
  /** Id of the campaign. */
  readonly id: string;
  /** What it is called. */
  readonly name: string;
  /** Its phase. */
  readonly phase:
    | 'paused'
    | 'accepted'
    | 'planning'
    | 'waiting'
    | 'running'
    | 'soaking'
    | 'rollingBack'
    | 'succeeded'
    | 'rolledBack'
    | 'halted'
    | 'failed'
    | 'refused'
    | 'rejected'
    | 'cancelled';
  /** Who requested it. */
  readonly requestedBy: string;
  /** The campaign that it undoes. */
  readonly rollbackOf?: string;
  /** The reason, for people. */
  readonly reason: string | null;
  /** Labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** When it was accepted. */
  readonly createdAt: string;
  /** When its first stage could begin. */
  readonly startedAt: string | null;
  /** When it ended. */
  readonly endedAt: string | null;
  /** The image version that every scale set takes, where it was pinned. */
  readonly version: string | null;
  /** Index of the stage that it is in. */
  readonly stage: number | null;
  /** What the caller may do next. */
  readonly next: {
    /** The command. */
    readonly command:
      | 'pause'
      | 'resume'
      | 'approve'
      | 'reject'
      | 'skip'
      | 'retry'
      | 'abort'
      | 'rollback'
      | 'undo';
    /** The stage that it would approve or reject. */
    readonly stage?: number;
  }[];
  /** What it waits for. */
  readonly waitingFor?: {
    /** What kind of thing. */
    readonly kind: 'approval' | 'soak';
    /** Index of the stage. */
    readonly stage: number;
    /** Since when. */
    readonly since?: string;
    /** How long at most. */
    readonly until: string;
    /** The same in words. */
    readonly message: string;
  };
  /** Who or what paused it. */
  readonly paused?: {
    /** Who did; null if a failure did. */
    readonly by: string | null;
    /** When. */
    readonly since: string;
    /** Why. */
    readonly reason?: string;
  };
  /** Why it stopped or ended. */
  readonly failure?: {
    /** What failed. */
    readonly code: string;
    /** The same in words. */
    readonly message: string;
    /** What can be done. */
    readonly remedy: string;
    /** Index of the stage. */
    readonly stage?: number;
  };
  /** How many scale sets there are, by phase. */
  readonly scaleSets: {
    /** All of them. */
    readonly total: number;
    /** Not begun. */
    readonly pending: number;
    /** With a running rollout. */
    readonly running: number;
    /** Upgraded. */
    readonly succeeded: number;
    /** Failed. */
    readonly failed: number;
    /** Skipped. */
    readonly skipped: number;
    /** Rolled back. */
    readonly rolledBack: number;
  };
};

export type CampaignStage = {
  /** Its index, from 0. */
  readonly index: number;
  /** Its name. */
  readonly name: string;
  /** Its phase. */
  readonly phase: 'pending' | 'waiting' | 'running' | 'soaking' | 'succeeded' | 'failed';
  /** How many scale sets there are, by phase. */
  readonly scaleSets: {
    /** All of them. */
    readonly total: number;
    /** Not begun. */
    readonly pending: number;
    /** With a running rollout. */
    readonly running: number;
    /** Upgraded. */
    readonly succeeded: number;
    /** Failed. */
    readonly failed: number;
    /** Skipped. */
    readonly skipped: number;
    /** Rolled back. */
    readonly rolledBack: number;
  };
  /** The success rate that it needs. In percent. */
  readonly minSuccessPercent: number;
  /** How many scale sets may fail. */
  readonly allowedFailures: number;
  /** How many scale sets at once, by its own bound and those of its groups. */
  readonly concurrency: number;
  /** How long to wait after the stage. In seconds. */
  readonly soakSeconds: number;
  /** How many approvals it needs before it begins. */
  readonly approvalsNeeded: number;
  /** When it began. */
  readonly startedAt: string | null;
  /** When it ended. */
  readonly endedAt: string | null;
  /** Who has approved it. */
  readonly approvedBy: string[];
};

export type CampaignScaleSet = {
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Index of its stage. */
  readonly stage: number;
  /** Name of its group. */
  readonly group: string;
  /** Where it stands. */
  readonly phase:
    | 'pending'
    | 'starting'
    | 'running'
    | 'succeeded'
    | 'failed'
    | 'skipped'
    | 'undoing'
    | 'rolledBack'
    | 'undoFailed';
  /** The rollout that upgrades it. */
  readonly rolloutId?: string;
  /** The rollout that rolls it back. */
  readonly undoId?: string;
  /** Whether its rollout has left a change that a rollback would undo. */
  readonly touched?: boolean;
  /** Why it is skipped, waits or has failed. */
  readonly code?: string;
  /** The same in words. */
  readonly message?: string;
  /** When its rollout began. */
  readonly startedAt?: string;
  /** When it ended. */
  readonly endedAt?: string;
};

export type CampaignPage = {
  /** Campaigns, newest first. */
  readonly value: CampaignSummary[];
  /** Address of the next page. */
  readonly nextLink?: string;
};

export type CampaignEvents = {
  /** Events, oldest first. */
  readonly value: {
    /** Its number. */
    readonly sequence: number;
    /** When it happened. */
    readonly time: string;
    /** What happened. */
    readonly message: string;
    /** Index of the stage. */
    readonly stage?: number;
    /** Resource id of the scale set. */
    readonly scaleSet?: string;
    /** Who did it. */
    readonly by?: string;
  }[];
};

export type CampaignPlan = {
  /** What it is called. */
  readonly name: string;
  /** The image version that every scale set would take. */
  readonly version: string | null;
  /** How many scale sets it finds. */
  readonly total: number;
  /** How many of them it would skip. */
  readonly skipped: number;
  /** How many have a plan of their own. */
  readonly planned: number;
  /** How many rollouts would be refused. */
  readonly refused: number;
  /** How many more scale sets it finds that the caller may not read. */
  readonly hidden: number;
  /** Its stages, in order. */
  readonly stages: {
    /** Its index, from 0. */
    readonly index: number;
    /** Its name. */
    readonly name: string;
    /** How many scale sets at once. */
    readonly concurrency: number;
    /** How many scale sets may fail. */
    readonly allowedFailures: number;
    /** Whether it waits for an approval before it begins. */
    readonly needsApproval: boolean;
    /** How long to wait after the stage. In seconds. */
    readonly soakSeconds: number;
    /** How long the stage would take, its soak included; null if the plan of a scale set is not known. In seconds. */
    readonly expectedSeconds: number | null;
    /** Its scale sets. */
    readonly scaleSets: PlannedScaleSet[];
  }[];
};

export type PlannedScaleSet = {
  /** Resource id of the scale set. */
  readonly scaleSet: string;
  /** Name of its group. */
  readonly group: string;
  /** Whether it is skipped. */
  readonly skipped: boolean;
  /** Why it is skipped, why its rollout would be refused, or why its plan is not known. */
  readonly reason?: string;
  /** The rollout that holds it now. */
  readonly heldBy?: string;
  /** The code of that refusal. */
  readonly code?: string;
  /** What its rollout would do; only of the first 100 scale sets. */
  readonly plan?: {
    /** How many instances it would upgrade. */
    readonly instances: number;
    /** In how many batches. */
    readonly batches: number;
    /** How long it would take. In seconds. */
    readonly seconds: number;
  };
};

export type Waits = {
  /** Rollouts that were accepted since then and have ended. */
  readonly since: string;
  /** Whether all of them were counted; beyond 2,000 only the newest are. */
  readonly complete: boolean;
  /** All of them. */
  readonly all: {
    /** How many rollouts. */
    readonly rollouts: number;
    /** Seconds from acceptance to end. In seconds. */
    readonly tookSeconds: {
      /** Half of the rollouts took no longer. */
      readonly p50: number;
      /** Nine of ten took no longer. */
      readonly p90: number;
      /** 99 of 100 took no longer. */
      readonly p99: number;
      /** The longest. */
      readonly most: number;
      /** All together. */
      readonly total: number;
    };
    /** Seconds of waiting, by what was waited for. In seconds. */
    readonly waitedSeconds: {
      /** For approvals and by pauses and freezes. */
      readonly people: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For windows and `startAt`. */
      readonly windows: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For other rollouts of the scale set. */
      readonly queue: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** Because Azure throttled the app. */
      readonly throttling: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For Azure: operations, health, answers and access. */
      readonly service: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
    };
  };
  /** By scale set. */
  readonly scaleSets: {
    /** Its resource id. */
    readonly scaleSet: string;
    /** How many rollouts. */
    readonly rollouts: number;
    /** Seconds from acceptance to end. In seconds. */
    readonly tookSeconds: {
      /** Half of the rollouts took no longer. */
      readonly p50: number;
      /** Nine of ten took no longer. */
      readonly p90: number;
      /** 99 of 100 took no longer. */
      readonly p99: number;
      /** The longest. */
      readonly most: number;
      /** All together. */
      readonly total: number;
    };
    /** Seconds of waiting, by what was waited for. In seconds. */
    readonly waitedSeconds: {
      /** For approvals and by pauses and freezes. */
      readonly people: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For windows and `startAt`. */
      readonly windows: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For other rollouts of the scale set. */
      readonly queue: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** Because Azure throttled the app. */
      readonly throttling: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For Azure: operations, health, answers and access. */
      readonly service: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
    };
  }[];
  /** By pipeline, as the label `pipeline` names it. */
  readonly pipelines: {
    /** The pipeline. */
    readonly pipeline: string;
    /** How many rollouts. */
    readonly rollouts: number;
    /** Seconds from acceptance to end. In seconds. */
    readonly tookSeconds: {
      /** Half of the rollouts took no longer. */
      readonly p50: number;
      /** Nine of ten took no longer. */
      readonly p90: number;
      /** 99 of 100 took no longer. */
      readonly p99: number;
      /** The longest. */
      readonly most: number;
      /** All together. */
      readonly total: number;
    };
    /** Seconds of waiting, by what was waited for. In seconds. */
    readonly waitedSeconds: {
      /** For approvals and by pauses and freezes. */
      readonly people: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For windows and `startAt`. */
      readonly windows: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For other rollouts of the scale set. */
      readonly queue: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** Because Azure throttled the app. */
      readonly throttling: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
      /** For Azure: operations, health, answers and access. */
      readonly service: {
        /** Half of the rollouts took no longer. */
        readonly p50: number;
        /** Nine of ten took no longer. */
        readonly p90: number;
        /** 99 of 100 took no longer. */
        readonly p99: number;
        /** The longest. */
        readonly most: number;
        /** All together. */
        readonly total: number;
      };
    };
  }[];
};

export type AuditRecord = {
  /** Id of the rollout, or `acts` for what is done to policy, freeze, leases and old rollouts. */
  readonly chain: string;
  /** Its number in the chain, from 1 without a gap. */
  readonly number: number;
  /** When. */
  readonly at: string;
  /** Kind of the event or act. */
  readonly kind: string;
  /** The same in words; people appear by object id only. */
  readonly message: string;
  /** Object id of who did it or asked for it. */
  readonly by?: string;
  /** Number of the event of the rollout. */
  readonly event?: number;
  /** Index of the batch, from 0. */
  readonly batch?: number;
  /** Ids of the instances. */
  readonly instances?: string[];
  /** Hash of its plan. */
  readonly planHash?: string;
  /** ETag of the scale set as it was read right before a write. */
  readonly etagBefore?: string;
  /** ETag of the scale set after a write. */
  readonly etagAfter?: string;
  /** Azure's own id of the request. */
  readonly requestId?: string;
  /** HTTP status of a write that was refused. */
  readonly status?: number;
  /** Azure's error code of such a write. */
  readonly code?: string;
  /** Hash of the record before; zeros in the first. */
  readonly previous: string;
  /** SHA-256 of all other fields, as JSON without blanks and with sorted keys. */
  readonly hash: string;
};

export type ChainHead = {
  /** The chain. */
  readonly chain: string;
  /** How many records it had. */
  readonly count: number;
  /** Hash of the last record. */
  readonly hash: string;
};

export type AuditPage = {
  /** Records: the acts first, then rollout after rollout as they were accepted, each chain oldest first. */
  readonly value: AuditRecord[];
  /** Length of each chain right before it was read: a chain that is shorter now has been cut. */
  readonly heads: ChainHead[];
  /** The next page; absent on the last one. */
  readonly nextLink?: string;
};

export type Anchor = {
  /** Its number, from 1 without a gap. */
  readonly number: number;
  /** When. */
  readonly at: string;
  /** Chains that have grown since the previous anchor. */
  readonly heads: ChainHead[];
  /** Hash of the anchor before; zeros in the first. */
  readonly previous: string;
  /** SHA-256 of all other fields, as JSON without blanks and with sorted keys. */
  readonly hash: string;
};

export type Anchors = {
  /** Anchors, oldest first. */
  readonly value: Anchor[];
  /** The next page; absent on the last one. */
  readonly nextLink?: string;
};

export type Caller = {
  /** Whether it is a person or an application. */
  readonly kind: 'user' | 'application';
  /** Name of the caller. */
  readonly name: string;
  /** The app roles of the caller. */
  readonly roles: ('viewer' | 'requester' | 'approver' | 'operator' | 'admin')[];
  /** What the caller may not do to the app, or to any scale set. */
  readonly denied?: {
    /** The act. */
    readonly act:
      | 'plan'
      | 'start'
      | 'setNotices'
      | 'resendNotices'
      | 'setStrategy'
      | 'freeze'
      | 'liftFreeze'
      | 'takeOver'
      | 'readAudit';
    /** Why not. */
    readonly message: string;
  }[];
};

export type Health = {
  /** `ok`: the app is ready. */
  readonly status: 'ok';
  /** Its version. */
  readonly version: string;
};

export type Problem = {
  /** Always `about:blank`; see `code`. */
  readonly type: string;
  /** The HTTP status in words. */
  readonly title: string;
  /** The HTTP status. */
  readonly status: number;
  /** What kind of problem. */
  readonly code: string;
  /** What is wrong, in one sentence. */
  readonly detail: string;
  /** The fields that are wrong. */
  readonly errors?: {
    /** Path of the field. */
    readonly path: string;
    /** What is wrong with it. */
    readonly message: string;
  }[];
  /** What to do next. */
  readonly remedy?: string;
  /** Id of the rollout concerned. */
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
  readonly getWaits: {
    readonly given: {
      readonly query?: { readonly since?: string | undefined; readonly scaleSet?: string | undefined };
    };
    readonly answer: Waits;
  };
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
  readonly getGateLink: {
    readonly given: { readonly path: { readonly id: string; readonly token: string } };
    readonly answer: GateLink;
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
  readonly getNotices: { readonly given: Readonly<Record<never, never>>; readonly answer: NoticesView };
  readonly setNotices: { readonly given: { readonly body: NoticesBody }; readonly answer: NoticesState };
  readonly getDeadLetters: {
    readonly given: {
      readonly query?: { readonly top?: number | undefined; readonly skipToken?: string | undefined };
    };
    readonly answer: DeadLetters;
  };
  readonly resendNotice: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: ResendBody };
    readonly answer: Resent;
  };
  readonly getSchedules: { readonly given: Readonly<Record<never, never>>; readonly answer: Schedules };
  readonly getSchedule: {
    readonly given: { readonly path: { readonly schedule: string } };
    readonly answer: ScheduleView;
  };
  readonly setSchedule: {
    readonly given: { readonly path: { readonly schedule: string }; readonly body: ScheduleBody };
    readonly answer: ScheduleState;
  };
  readonly deleteSchedule: {
    readonly given: { readonly path: { readonly schedule: string } };
    readonly answer: ScheduleDeleted;
  };
  readonly explainSchedule: {
    readonly given: { readonly path: { readonly schedule: string } };
    readonly answer: ScheduleExplanation;
  };
  readonly runSchedule: {
    readonly given: { readonly path: { readonly schedule: string } };
    readonly answer: ScheduleRun;
  };
  readonly releaseVersion: {
    readonly given: { readonly path: { readonly schedule: string }; readonly body: ReleaseBody };
    readonly answer: Releases;
  };
  readonly getStrategies: { readonly given: Readonly<Record<never, never>>; readonly answer: Strategies };
  readonly getStrategy: {
    readonly given: { readonly path: { readonly strategy: string } };
    readonly answer: StrategyView;
  };
  readonly setStrategy: {
    readonly given: { readonly path: { readonly strategy: string }; readonly body: StrategyBody };
    readonly answer: StrategyState;
  };
  readonly deleteStrategy: {
    readonly given: { readonly path: { readonly strategy: string } };
    readonly answer: StrategyDeleted;
  };
  readonly startCampaign: { readonly given: { readonly body: CampaignSpec }; readonly answer: Campaign };
  readonly getCampaigns: {
    readonly given: {
      readonly query?: { readonly top?: number | undefined; readonly skipToken?: string | undefined };
    };
    readonly answer: CampaignPage;
  };
  readonly planCampaign: { readonly given: { readonly body: CampaignSpec }; readonly answer: CampaignPlan };
  readonly getCampaign: {
    readonly given: { readonly path: { readonly id: string } };
    readonly answer: Campaign;
  };
  readonly undoCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignUndoBody };
    readonly answer: Campaign;
  };
  readonly getCampaignEvents: {
    readonly given: { readonly path: { readonly id: string } };
    readonly answer: CampaignEvents;
  };
  readonly getAudit: {
    readonly given: {
      readonly query?: {
        readonly rollout?: string | undefined;
        readonly by?: string | undefined;
        readonly from?: string | undefined;
        readonly to?: string | undefined;
        readonly skipToken?: string | undefined;
      };
    };
    readonly answer: AuditPage;
  };
  readonly getAnchors: {
    readonly given: {
      readonly query?: { readonly top?: number | undefined; readonly skipToken?: number | undefined };
    };
    readonly answer: Anchors;
  };
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
  readonly pauseCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignCommandBody };
    readonly answer: Campaign;
  };
  readonly resumeCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignCommandBody };
    readonly answer: Campaign;
  };
  readonly approveCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignCommandBody };
    readonly answer: Campaign;
  };
  readonly rejectCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignCommandBody };
    readonly answer: Campaign;
  };
  readonly skipCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignCommandBody };
    readonly answer: Campaign;
  };
  readonly retryCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignCommandBody };
    readonly answer: Campaign;
  };
  readonly abortCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignCommandBody };
    readonly answer: Campaign;
  };
  readonly rollbackCampaign: {
    readonly given: { readonly path: { readonly id: string }; readonly body?: CampaignCommandBody };
    readonly answer: Campaign;
  };
}

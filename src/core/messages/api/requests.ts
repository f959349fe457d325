import { windowFields } from './windows.ts';
import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const INSTANCES = ['3', '7'];

const RolloutSpec: Words = {
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  change: ['What to change. If it is left out, every instance is brought to the current model.'],
  'change.image': ['The image: a marketplace image, or an image by its id or address.'],
  'change.image.version': [
    'Exact version, or `latest`, which the plan pins to an exact one.',
    '22.04.202611010',
  ],
  'change.image.publisher': [
    'Publisher of another marketplace image; needs `offer` and `sku` too.',
    'Canonical',
  ],
  'change.image.offer': ['Offer of that publisher.', 'ubuntu-24_04-lts'],
  'change.image.sku': ['SKU of that offer, or of the current offer.', '22_04-lts'],
  'change.image.id': [
    'Resource id of a managed image or of a gallery image version.',
    '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/galleries/shop/images/app/versions/1.2.0',
  ],
  'change.image.uri': [
    'Address of a custom image, for scale sets with unmanaged disks.',
    'https://shop.blob.core.windows.net/images/app.vhd',
  ],
  'change.vmSize': ['VM size.', 'Standard_D4s_v5'],
  'change.extensions': [
    'Extensions that the scale set already has; each is written through its own resource.',
  ],
  'change.extensions.name': ['Name of the extension in the model.', 'app'],
  'change.extensions.settings': [
    'Replaces all of the old settings.',
    { fileUris: ['https://shop.example/app.sh'] },
  ],
  'change.extensions.settings.*': ['A setting.'],
  'change.extensions.protectedSettings': [
    'Replaces all of the old protected settings; never shown.',
    { storageAccountName: 'shop' },
  ],
  'change.extensions.protectedSettings.*': ['A secret setting.'],
  'change.extensions.forceUpdateTag': ['A new value makes the extension run again.', '2026-11-21'],
  'change.osProfile': ['Settings that only a new OS disk picks up: instances are reimaged.'],
  'change.osProfile.customData': ['Custom data in base 64.', 'I2Nsb3VkLWNvbmZpZwo='],
  'change.osProfile.adminUsername': ['Name of the administrator.', 'azureuser'],
  'change.osProfile.adminPassword': [
    'Password of the administrator; never shown.',
    'correct horse battery staple',
  ],
  'change.set': ['Values by path, as `az vmss update --set` takes them.', { 'tags.release': '42' }],
  'change.set.*': ['The value.'],
  'change.add': [
    'Values to add to lists: an object by path, or a list of path and value.',
    { 'virtualMachineProfile.extensionProfile.extensions': {} },
  ],
  'change.add.path': ['Path of the list.', 'zones'],
  'change.add.value': ['The value to add.', '3'],
  'change.add.*': ['The value to add.'],
  'change.remove': ['Paths of properties or list items to remove.', ['tags.release']],
  'change.force': ['The action on instances that are already on the model.', 'restart'],
  'change.action': [
    'What to do to each instance instead of changing the model; `upgrade` brings it to the current model, as an empty change does.',
    'restart',
  ],
  'change.capacity': ['The new number of instances; Azure chooses which ones go.', 18],
  'change.dataDisks': ['Managed data disks of individual instances, which keep running.'],
  'change.dataDisks.attach': ['Disks to attach.'],
  'change.dataDisks.attach.instance': ['Id of the instance.', '3'],
  'change.dataDisks.attach.diskId': ['Resource id of the disk.', EXAMPLE.disk],
  'change.dataDisks.attach.lun': ['Logical unit number; by default the lowest free one.', 0],
  'change.dataDisks.attach.caching': ['Host caching.', 'ReadOnly'],
  'change.dataDisks.attach.deleteOption': [
    'What happens to the disk when its instance is deleted.',
    'Detach',
  ],
  'change.dataDisks.attach.writeAcceleratorEnabled': ['Whether write accelerator is on.', false],
  'change.dataDisks.detach': ['Disks to detach, each by its LUN or its id.'],
  'change.dataDisks.detach.instance': ['Id of the instance.', '3'],
  'change.dataDisks.detach.lun': ['Logical unit number.', 0],
  'change.dataDisks.detach.diskId': ['Resource id of the disk.', EXAMPLE.disk],
  targets: ['Which instances; by default all. An instance must match every kind given.'],
  'targets.updateDomains': ['Update domains.', [2]],
  'targets.faultDomains': ['Fault domains.', [0]],
  'targets.zones': ['Zones.', ['1']],
  'targets.instances': ['Ids of instances.', INSTANCES],
  'targets.percent': ['A share of the instances; those already on the target count.', 10],
  'targets.exclude': ['Ids of instances to leave alone.', ['0']],
  'targets.deallocated': [
    'What to do with instances that are off; by default they are skipped.',
    'startFirst',
  ],
  strategy: ['The order, and how many at once.'],
  'strategy.batchBy': ['What instances are batched by.', 'updateDomain'],
  'strategy.steps': [
    'Sizes of the batches, as counts or shares; the last one repeats.',
    ['10%', '50%', '100%'],
  ],
  'strategy.canary': ['Size of a first batch of its own.', 1],
  'strategy.maxUnavailable': [
    'How many may be down at once, as a count or a share of the capacity; by default the largest update domain or 20 %, whichever is more.',
    '20%',
  ],
  'strategy.pacing': [
    '`barrier`: a batch starts when the one before has ended; `sliding`: a freed slot is refilled at once.',
    'barrier',
  ],
  'strategy.order': ['Which instances come first.', 'id'],
  'strategy.mostDisruptiveAllowed': ['A more disruptive change is refused.', 'reimage'],
  'strategy.acceptIrreversible': ['Whether to allow a change that a rollback cannot restore.', false],
  health: ['When an instance is healthy, and how many may be unhealthy.'],
  'health.requireSignal': ['Whether to refuse a scale set without a health extension or probe.', false],
  'health.stableSeconds': ['How long an instance must stay healthy without a break.', 30],
  'health.timeoutSeconds': ['How long an instance may take to become healthy after its operation.', 900],
  'health.operationTimeoutSeconds': ['How long an operation in Azure may take.', 5400],
  'health.maxUnhealthyInstancePercent': [
    'The largest share of unhealthy instances in the whole scale set; more end the rollout.',
    20,
  ],
  'health.maxUnhealthyUpgradedInstancePercent': [
    'The largest share of failed instances among the upgraded ones; more are a breach.',
    0,
  ],
  'health.fixForward': ['Whether to start although too many instances are unhealthy.', false],
  soakSeconds: ['How long a batch must stay healthy before the next one starts.', 600],
  namedStrategy: [
    'A strategy by its name, instead of strategy, health, soakSeconds, approvals and onFailure.',
  ],
  'namedStrategy.name': ['Its name.', 'careful'],
  'namedStrategy.version': ['Its version; by default the one in force when the rollout is accepted.', 3],
  ...windowFields('windows'),
  startAt: ['No batch starts before this time.', '2026-12-05T22:00:00Z'],
  startIn: [
    'window: only the first batch waits for a window, and the others start also after it has closed.',
    'window',
  ],
  onBusy: [
    'What to do while another rollout holds the scale set: refuse, queue, or replace, which is to queue in the place of rollouts of the same pipeline (the label pipeline) that wait.',
    'queue',
  ],
  approvals: ['What needs approval, and by whom.'],
  'approvals.before': [
    'What needs approval: nothing, the rollout, every batch, or the batches with these indexes.',
    [1],
  ],
  'approvals.quorum': ['How many people must approve.', 1],
  'approvals.allowRequester': ['Whether the requester may approve.', true],
  'approvals.timeoutSeconds': ['How long to wait for approval.', 86_400],
  'approvals.onTimeout': ['What happens after that time.', 'reject'],
  ...windowFields(
    'approvals.onDuty',
    'Hours in which approvers are on duty: `approvals.timeoutSeconds` runs only then. An approval counts at any time.',
  ),
  onFailure: ['What to do on a breach: roll back, pause, or halt where it stands.', 'rollback'],
  timeoutSeconds: ['How long the rollout may take, not counting pauses and waits for approval.', 86_400],
  accessTimeoutSeconds: ['How long to wait for missing access rights.', 3600],
  acceptManaged: ['Whether to change a scale set that another service manages.', false],
  rollbackTimeoutSeconds: ['How long a rollback may take.', 86_400],
  planHash: ['Hash of the plan that was reviewed; any other plan is refused.', EXAMPLE.hash],
  rollbackOf: ['Id of an ended rollout that this one undoes.', EXAMPLE.rollout],
  restoreGuardsOf: ['Id of an ended rollout whose guards this one restores.', EXAMPLE.rollout],
  reason: ['The reason, for people.', 'monthly image'],
  labels: ['Labels to keep with the rollout.', { ticket: 'OPS-7' }],
  'labels.*': ['The value of a label.', 'OPS-7'],
};

const CommandBody: Words = {
  reason: ['The reason, for people.', 'looks good'],
  batch: ['Index of the batch, from 0; by default the one that is open or next.', 1],
  instances: ['Ids of the instances.', INSTANCES],
  planHash: [
    'For approve and reject: the hash of the plan that you have looked at; another one is refused.',
    EXAMPLE.hash,
  ],
  belowFloor: ['For quarantine: whether other instances may be taken down below the floor.', false],
  ignoreWindow: [
    'Of resume: whether batches may start outside the windows from now on; takes an operator.',
    true,
  ],
};

const ActionBody: Words = {
  instances: ['Ids of the instances; by default all.', INSTANCES],
  updateDomains: ['Only instances of these update domains.', [2]],
  capacity: ['For scale: the new capacity.', 18],
  maxUnavailable: ['How many may be down at once, as a count or a percentage.', '20%'],
  acceptIrreversible: [
    'Whether to allow what cannot be undone: delete, and scale to fewer instances.',
    false,
  ],
  planHash: ['Hash of the reviewed plan.', EXAMPLE.hash],
  reason: ['The reason, for people.', 'hung since the update'],
};

const TakeOverBody: Words = { reason: ['The reason, for people.', 'the workflow was purged'] };

const FreezeBody: Words = { reason: ['The reason, for people.', 'Black Friday'] };

const GROUP = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop';

/** Of a policy, wherever it stands. */
const MARKED = { environment: ['production'] };

const assignmentFields = (at: string): Words => ({
  [`${at}.assignments`]: ['Who has which role where. By default app roles apply everywhere.'],
  [`${at}.assignments.role`]: ['The role.', 'operator'],
  [`${at}.assignments.appRoles`]: ['Holders of these app roles have it.', ['operator']],
  [`${at}.assignments.principals`]: [
    'People, groups and applications that have it, by object id.',
    ['00000000-0000-4000-8000-0000000000c1'],
  ],
  [`${at}.assignments.scopes`]: ['Where they have it; by default everywhere.', [GROUP]],
  [`${at}.assignments.tags`]: ['Only for scale sets with these tags, each with one of these values.', MARKED],
  [`${at}.assignments.tags.*`]: ['The values that count, in any letters.', ['production']],
});

export const policyFields = (at: string): Words => ({
  [at]: ['What requesters cannot weaken.'],
  [`${at}.allowedScopes`]: [
    'Subscriptions, resource groups and scale sets where rollouts are allowed; by default everywhere.',
    [GROUP],
  ],
  [`${at}.allowedTags`]: [
    'Tags that a scale set must have for rollouts, each with one of these values.',
    MARKED,
  ],
  [`${at}.allowedTags.*`]: ['The values that count, in any letters.', ['production']],
  [`${at}.hosts`]: [
    'What the app or its pipelines run on: rollouts there need the role admin as well. By default nothing.',
    [GROUP],
  ],
  [`${at}.rules`]: ['Minimum requirements on specs, by scope and tag.'],
  [`${at}.rules.name`]: ['Its name, shown when it refuses a spec.', 'production'],
  [`${at}.rules.scopes`]: [
    'The scopes that it applies to; with `tags`, only to scale sets that match both.',
    [GROUP],
  ],
  [`${at}.rules.tags`]: ['It applies to scale sets with these tags, each with one of these values.', MARKED],
  [`${at}.rules.tags.*`]: ['The values that count, in any letters.', ['production']],
  [`${at}.rules.approvalBefore`]: ['What needs approval at least.', 'batch'],
  [`${at}.rules.leastQuorum`]: ['How many people must approve at least.', 2],
  [`${at}.rules.requesterApproves`]: ["False if the requester's own approval never counts.", false],
  [`${at}.rules.timeoutApproves`]: ['False if no gate may open without an approval.', false],
  [`${at}.rules.maxUnavailablePercent`]: ['The most that a spec may allow to be down.', 20],
  [`${at}.rules.leastSoakSeconds`]: ['The shortest soak that a spec may ask for.', 600],
  [`${at}.rules.approvingApplications`]: [
    'Object ids of the only applications whose approval counts; by default none.',
    ['00000000-0000-4000-8000-0000000000b2'],
  ],
  ...assignmentFields(at),
});

const PolicyBody: Words = { ...policyFields('policy'), reason: ['The reason, for people.', 'audit of May'] };

/** By component and path. */
export const requestWords: Readonly<Record<string, Words>> = {
  RolloutSpec,
  CommandBody,
  ActionBody,
  TakeOverBody,
  FreezeBody,
  PolicyBody,
};

/** Of queries, by name. */
export const queryWords: Words = {
  scaleSet: ['Only rollouts of this scale set.', EXAMPLE.scaleSet],
  phase: ['Only rollouts in this phase.', 'waiting'],
  top: ['Page size.', 20],
  view: ['`summary` leaves out models and instance views, which are long.', 'summary'],
  rollout: ['Only the chain of this rollout.', EXAMPLE.rollout],
  by: ['Object id: only what this caller did.', '00000000-0000-4000-8000-0000000000a1'],
  since: ['Rollouts that were accepted since then; by default the last 30 days.', EXAMPLE.time],
  from: ['Only from this time on.', EXAMPLE.time],
  to: ['Only up to this time.', EXAMPLE.time],
  skipToken: ['Where the previous page ended; taken from `nextLink`.', EXAMPLE.rollout],
};

/** Of parts of paths, and of headers. */
export const parameterWords: Words = {
  id: ['Id of the rollout, the campaign, the lease or the delivery.', EXAMPLE.rollout],
  token: ['What stands behind `gate=` in the link.', `2-1795939200000-1796025600000-${EXAMPLE.hash}`],
  subscriptionId: ['Subscription of the scale set.', '00000000-0000-4000-8000-000000000001'],
  resourceGroup: ['Resource group of the scale set.', 'shop'],
  name: ['Name of the scale set.', 'web'],
  strategy: ['Name of the strategy: lower-case letters, digits and hyphens.', 'careful'],
  schedule: ['Name of the schedule: lower-case letters, digits and hyphens.', 'web-monthly'],
  instanceId: ['Id of the instance.', '7'],
  path: ['Path of a file or view of the dashboard.', ''],
  'Idempotency-Key': [
    'Identifies the request: the same key sent again gets the same answer and is not carried out twice. 1 to 255 visible ASCII characters.',
    'nightly-2026-11-21',
  ],
  'If-Match': ['ETag of the version to replace.', '"policy-3"'],
  'If-None-Match': [
    'ETags that the client has; answered with 304 if one of them is still current.',
    `"${EXAMPLE.hash}"`,
  ],
};

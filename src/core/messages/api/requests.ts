import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const INSTANCES = ['3', '7'];

const RolloutSpec: Words = {
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  change: ['What is changed. Without it every instance is brought to the model as it is.'],
  'change.image': ['The image: another one of the market place, or an image by its id or address.'],
  'change.image.version': [
    'Exact version, or `latest`, which the plan pins to an exact one.',
    '22.04.202611010',
  ],
  'change.image.publisher': [
    'Publisher of another image of the market place; goes with `offer` and `sku`.',
    'Canonical',
  ],
  'change.image.offer': ['Offer of that publisher.', 'ubuntu-24_04-lts'],
  'change.image.sku': ['SKU of the offer named, or else of the one that the set runs.', '22_04-lts'],
  'change.image.id': [
    'Resource id of a managed image or of a gallery image version.',
    '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/galleries/shop/images/app/versions/1.2.0',
  ],
  'change.image.uri': [
    'Address of a custom image, for sets with unmanaged disks.',
    'https://shop.blob.core.windows.net/images/app.vhd',
  ],
  'change.vmSize': ['Name of a size.', 'Standard_D4s_v5'],
  'change.extensions': ['Extensions that are there already; each is written through its own resource.'],
  'change.extensions.name': ['Name of the extension in the model.', 'app'],
  'change.extensions.settings': [
    'Takes the place of the old settings, all of them.',
    { fileUris: ['https://shop.example/app.sh'] },
  ],
  'change.extensions.settings.*': ['A setting.'],
  'change.extensions.protectedSettings': [
    'The same for settings that are secret; no answer shows them.',
    { storageAccountName: 'shop' },
  ],
  'change.extensions.protectedSettings.*': ['A secret setting.'],
  'change.extensions.forceUpdateTag': ['Another text than before has the extension run again.', '2026-11-21'],
  'change.osProfile': ['What a new disk gets: instances are reimaged.'],
  'change.osProfile.customData': ['Custom data in base 64.', 'I2Nsb3VkLWNvbmZpZwo='],
  'change.osProfile.adminUsername': ['Name of the administrator.', 'azureuser'],
  'change.osProfile.adminPassword': [
    'Password of the administrator; no answer shows it.',
    'correct horse battery staple',
  ],
  'change.set': ['Values by path, as `az vmss update --set` takes them.', { 'tags.release': '42' }],
  'change.set.*': ['The value.'],
  'change.add': [
    'What is added to lists: a value by path, or a list of both.',
    { 'virtualMachineProfile.extensionProfile.extensions': {} },
  ],
  'change.add.path': ['Path of the list.', 'zones'],
  'change.add.value': ['What is added.', '3'],
  'change.add.*': ['What is added.'],
  'change.remove': ['Paths of properties, or of items by their index.', ['tags.release']],
  'change.force': ['What is done to instances that are on the model already.', 'restart'],
  'change.action': [
    'Done to each instance instead of a change; `upgrade` brings it to the current model, as an empty change does.',
    'restart',
  ],
  'change.capacity': ['How many instances there are to be; Azure chooses who goes.', 18],
  'change.dataDisks': ['Managed data disks of single instances, while these run.'],
  'change.dataDisks.attach': ['Disks to attach.'],
  'change.dataDisks.attach.instance': ['Id of the instance.', '3'],
  'change.dataDisks.attach.diskId': ['Resource id of the disk.', EXAMPLE.disk],
  'change.dataDisks.attach.lun': ['Logical unit number; the lowest free one without it.', 0],
  'change.dataDisks.attach.caching': ['Caching of the host.', 'ReadOnly'],
  'change.dataDisks.attach.deleteOption': ['What becomes of the disk with its instance.', 'Detach'],
  'change.dataDisks.attach.writeAcceleratorEnabled': ['Whether writes are accelerated.', false],
  'change.dataDisks.detach': ['Disks to detach, each by its number or its id.'],
  'change.dataDisks.detach.instance': ['Id of the instance.', '3'],
  'change.dataDisks.detach.lun': ['Logical unit number.', 0],
  'change.dataDisks.detach.diskId': ['Resource id of the disk.', EXAMPLE.disk],
  targets: ['Which instances. All of them without it; several kinds must all hold.'],
  'targets.updateDomains': ['Update domains.', [2]],
  'targets.faultDomains': ['Fault domains.', [0]],
  'targets.zones': ['Zones.', ['1']],
  'targets.instances': ['Ids of instances.', INSTANCES],
  'targets.percent': ['A share of the instances; those that are there already count.', 10],
  'targets.exclude': ['Ids of instances that are left alone.', ['0']],
  'targets.deallocated': [
    'What becomes of instances that are off; they are skipped without it.',
    'startFirst',
  ],
  strategy: ['In which order, and how many at once.'],
  'strategy.batchBy': ['What makes a batch.', 'updateDomain'],
  'strategy.steps': [
    'Sizes of the batches, as counts or shares; the last one repeats.',
    ['10%', '50%', '100%'],
  ],
  'strategy.canary': ['So many instances are a batch of their own before all others.', 1],
  'strategy.maxUnavailable': [
    'How many may be down at once, as a count or a share of the capacity; the larger of the largest update domain and 20 % without it.',
    '20%',
  ],
  'strategy.pacing': [
    'Whether the next batch waits for the whole one before, or freed places are refilled.',
    'barrier',
  ],
  'strategy.order': ['Which instances come first.', 'id'],
  'strategy.mostDisruptiveAllowed': ['A change that is worse for an instance is refused.', 'reimage'],
  'strategy.acceptIrreversible': ['Whether a change may be made that no rollback can take back.', false],
  health: ['When an instance is well, and how many may not be.'],
  'health.requireSignal': ['Whether a set without health extension and probe is refused.', false],
  'health.stableSeconds': ['How long an instance must be well without a break.', 30],
  'health.timeoutSeconds': ['How long an instance may take to get well after its operation.', 900],
  'health.operationTimeoutSeconds': ['How long an operation of Azure may take.', 5400],
  'health.maxUnhealthyInstancePercent': [
    'A larger share of unhealthy instances in the whole set ends the rollout.',
    20,
  ],
  'health.maxUnhealthyUpgradedInstancePercent': [
    'A larger share of failed ones among the upgraded is a breach.',
    0,
  ],
  'health.fixForward': ['Whether a rollout may begin although the set is not well.', false],
  soakSeconds: ['How long a batch is watched after all of it is well.', 600],
  approvals: ['Before what somebody has to approve, and who.'],
  'approvals.before': ['Before nothing, the rollout, every batch, or the batches with these numbers.', [1]],
  'approvals.quorum': ['How many people have to approve.', 1],
  'approvals.allowRequester': ['Whether whoever asked for the rollout may approve it.', true],
  'approvals.timeoutSeconds': ['How long an approval is waited for.', 86_400],
  'approvals.onTimeout': ['What that time ends with.', 'reject'],
  onFailure: [
    'What a breach does: take everything back, wait for somebody, or end where it stands.',
    'rollback',
  ],
  timeoutSeconds: [
    'How long the rollout may take; time in which it is paused or waits for people does not count.',
    86_400,
  ],
  accessTimeoutSeconds: ['How long missing rights are waited for.', 3600],
  acceptManaged: ['Whether a set that another service manages may be changed.', false],
  rollbackTimeoutSeconds: ['How long a rollback may take.', 86_400],
  planHash: ['Hash of the plan that was reviewed: another one is refused.', EXAMPLE.hash],
  rollbackOf: ['Id of an ended rollout that this one undoes.', EXAMPLE.rollout],
  restoreGuardsOf: ['Id of an ended rollout whose guards this one restores.', EXAMPLE.rollout],
  reason: ['Why, for people.', 'monthly image'],
  labels: ['Texts of the caller, which the rollout carries.', { ticket: 'OPS-7' }],
  'labels.*': ['A text.', 'OPS-7'],
};

const CommandBody: Words = {
  reason: ['Why, for people.', 'looks good'],
  batch: ['Number of the batch that is meant; the one that is open or next without it.', 1],
  instances: ['Ids of the instances that are meant.', INSTANCES],
  belowFloor: ['Of quarantine: whether others may go down although the floor leaves them no room.', false],
};

const ActionBody: Words = {
  instances: ['Ids of the instances that are meant; all without them.', INSTANCES],
  updateDomains: ['Only instances of these update domains.', [2]],
  capacity: ['Of scale: how many instances there are to be.', 18],
  maxUnavailable: ['How many may be out of service at once, as a count or a percentage.', '20%'],
  acceptIrreversible: ['Whether what cannot be undone is accepted: delete, and scale to fewer.', false],
  planHash: ['Hash of the reviewed plan.', EXAMPLE.hash],
  reason: ['Why, for people.', 'hung since the update'],
};

const TakeOverBody: Words = { reason: ['Why, for people.', 'the workflow was purged'] };

const FreezeBody: Words = { reason: ['Why, for people.', 'Black Friday'] };

const GROUP = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop';

/** Of a policy, wherever it stands. */
export const policyFields = (at: string): Words => ({
  [at]: ['What requesters cannot weaken.'],
  [`${at}.allowedScopes`]: [
    'Subscriptions, resource groups and scale sets in which rollouts are allowed; everywhere without it.',
    [GROUP],
  ],
  [`${at}.rules`]: ['What specs must ask for at least, by scope.'],
  [`${at}.rules.name`]: ['What it is called where a spec is refused by it.', 'production'],
  [`${at}.rules.scopes`]: ['The scale sets that it is for.', [GROUP]],
  [`${at}.rules.approvalBefore`]: ['Before what a person must approve at least.', 'batch'],
  [`${at}.rules.leastQuorum`]: ['How many must approve at least.', 2],
  [`${at}.rules.requesterApproves`]: ["False where the requester's own approval never counts.", false],
  [`${at}.rules.maxUnavailablePercent`]: ['The most that a spec may let be down.', 20],
  [`${at}.rules.leastSoakSeconds`]: ['How long each batch carries load at least before the next.', 600],
});

const PolicyBody: Words = { ...policyFields('policy'), reason: ['Why, for people.', 'audit of May'] };

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
  top: ['How many at most.', 20],
  view: ['With `summary` without models and instance views, which are long.', 'summary'],
  skipToken: ['Where the page before ended; `nextLink` has it.', EXAMPLE.rollout],
};

/** Of parts of paths, and of headers. */
export const parameterWords: Words = {
  id: ['Id of the rollout, or of the lease.', EXAMPLE.rollout],
  subscriptionId: ['Subscription of the scale set.', '00000000-0000-4000-8000-000000000001'],
  resourceGroup: ['Resource group of the scale set.', 'shop'],
  name: ['Name of the scale set.', 'web'],
  instanceId: ['Id of the instance.', '7'],
  path: ['Path of a file of the page, or of one of its views.', ''],
  'Idempotency-Key': [
    'One request has one key: sent again it is answered as before and not carried out twice. 1 to 255 visible ASCII characters.',
    'nightly-2026-11-21',
  ],
  'If-Match': ['ETag of the version that is replaced.', '"policy-3"'],
  'If-None-Match': [
    'ETags of answers that are known; 304 where it is still one of them.',
    `"${EXAMPLE.hash}"`,
  ],
};

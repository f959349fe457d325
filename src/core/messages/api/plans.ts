import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const IDS = ['1', '6', '11'];
const CLASS: readonly [string, string] = ['How disruptive the change is to an instance.', 'reimage'];

const PropertyChange: Words = {
  path: ['Path of the property.', EXAMPLE.path],
  before: ['Its value before.', '22.04.202610080'],
  after: ['Its value after; a secret is shown as `(secret)`.', '22.04.202611010'],
  class: CLASS,
  extension: ['The extension that it belongs to.', 'app'],
  isSecret: ['The value is secret and never shown.', true],
};

const PlannedBatch: Words = {
  index: ['Its index, from 0.', 1],
  name: ['Its name.', 'update domain 1'],
  instances: ['Ids of its instances.', IDS],
  canary: ['Set on a canary batch.', true],
};

const DISK = (list: string): Words => ({
  [`${list}.diskId`]: ['Resource id of the disk.', EXAMPLE.disk],
  [`${list}.lun`]: ['Logical unit number.', 0],
  [`${list}.caching`]: ['Host caching.', 'ReadOnly'],
  [`${list}.deleteOption`]: ['What happens to the disk when its instance is deleted.', 'Detach'],
  [`${list}.writeAcceleratorEnabled`]: ['Whether write accelerator is on.', false],
});

const InstanceDisks: Words = {
  instance: ['Id of the instance.', '3'],
  attach: ['Disks to attach.'],
  ...DISK('attach'),
  detach: ['Disks to detach.'],
  ...DISK('detach'),
};

const Warning: Words = {
  code: ['What the warning is about; newer versions of the app may add codes.', 'noHealthSignal'],
  message: [
    'The same in one sentence.',
    '15 instances have no health signal; healthy will only mean running with a ready agent',
  ],
};

const UNRECOVERABLE: Words = {
  unrecoverable: ['What a rollback cannot restore.'],
  'unrecoverable.path': ['Path of the property.', EXAMPLE.path],
  'unrecoverable.why': ['The reason.', 'it can be written but never read, so the old value is unknown'],
};

const EXPECTED: Words = {
  expected: ['Estimates.'],
  'expected.seconds': ['Duration.', 1180],
  'expected.armRequests': ['Requests to Azure Resource Manager.', 74],
};

const GUARDS = (name: string, what: string): Words => ({
  [name]: [what],
  [`${name}.policy`]: ['The upgrade policy before it was held at Manual.', 'Automatic'],
  [`${name}.repairs`]: ['Automatic repairs.', true],
  [`${name}.osUpgrades`]: ['Automatic OS upgrades.', true],
});

const Plan: Words = {
  planHash: ['Hash of the plan, under the name that a spec uses.', EXAMPLE.hash],
  hash: [
    'Hash of the plan. A start with this `planHash` carries out exactly this plan or is refused.',
    EXAMPLE.hash,
  ],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  delta: ['Changes to the model.'],
  class: CLASS,
  batches: ['Batches, in order.'],
  floor: ['How many instances serve at every moment.', 12],
  skipped: ['Instances that are skipped.'],
  'skipped.instance': ['Id of the instance.', '4'],
  'skipped.reason': ['The reason.', 'already on the target'],
  ...EXPECTED,
  warnings: ['What to know before the start.'],
  actions: ['Actions on each instance, in this order.', ['upgrade']],
  forced: ['Ids of instances that are already on the target and get only the forced action.', []],
  force: ['The forced action.', 'restart'],
  dataDisks: ['Data disks to attach to or detach from individual instances.'],
  onlyDisks: ['Ids of instances whose only change is their disks.', ['3']],
  disksFirst: ['Disks are changed before the model.', true],
  irreversible: ['Paths that the rollout being undone changed and that cannot be restored.', [EXAMPLE.path]],
  ...UNRECOVERABLE,
  switchedOff: ['Instances that are switched off, or will be again.'],
  'switchedOff.instance': ['Id of the instance.', '4'],
  'switchedOff.power': ['Its power state.', 'deallocated'],
  'switchedOff.as': ['What happens to it: upgraded while off, started first, or switched off again.', 'cold'],
  ...GUARDS('guards', 'Guards that are held during the rollout.'),
  ...GUARDS('restores', 'Guards that an earlier rollout left held and this one restores.'),
  window: ['Whether batches may start now, where the spec has `windows` or a `startAt` to come.'],
  'window.open': ['Whether they may.', false],
  'window.until': ['When that changes; null if never.', EXAMPLE.time],
  unserving: ['Ids of targeted instances that are not serving: the first batch begins with them.', ['7']],
};

const RollbackPlan: Words = {
  rolloutId: ['Id of the rollout.', EXAMPLE.rollout],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  delta: ['Changes to the model.'],
  dataDisks: ['Data disks to attach to or detach from individual instances.'],
  class: CLASS,
  batches: ['Batches, in the order of the rollback.'],
  floor: ['How many instances serve at every moment.', 12],
  ...UNRECOVERABLE,
  ...EXPECTED,
  warnings: ['What to know before the rollback.'],
};

const Explanation: Words = {
  id: ['Id of the rollout.', EXAMPLE.rollout],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  phase: ['Its phase.', 'waiting'],
  standing: ['Where it stands, in one sentence.', 'waiting, update domain 1, 6 of 15 instances upgraded'],
  waits: ['What it waits for.'],
  next: ['Commands that a person may send now.'],
  possible: ['The same as command lines.', [`vmss-rollout approve ${EXAMPLE.rollout}`]],
  done: ['What was done so far.'],
  'done.model': ['Which side of the change the model is on.', 'after'],
  'done.operations': ['Every write and its outcome.'],
  'done.events': ['Every event, oldest first.'],
  left: ['What would differ from the target if it ended now.'],
  'left.model': ['Which side of the change the model would be on.', 'after'],
  'left.instances': ['Ids of instances by the side of the change that they are on.', { after: IDS }],
  'left.instances.*': ['Ids of instances.', IDS],
  'left.started': ['Were off before the rollout, and are running now.', ['3']],
  'left.quarantined': ['Instances in quarantine, and how each is released.'],
  'left.heldGuards': ['Guards that are held for the rollout.'],
  'left.pinned': ['Where the old model named no exact image version, and what it is pinned to.'],
  failure: ['Why it failed.'],
  failures: ['Failed instances.'],
  'failures.instanceId': ['Id of the instance.', '7'],
  'failures.name': ['Its name.', 'web_7'],
  'failures.batch': ['Index of its batch, from 0.', 1],
  'failures.code': ['What kind of failure.', 'unhealthyAfterUpgrade'],
  'failures.message': ['The same in one sentence.', 'the health extension says unhealthy'],
  'failures.evidence': ['What Azure showed of the instance at that time.'],
  plan: ['Its plan.'],
  rollback: ['What a rollback would do now.'],
  undo: ['How to undo it without this app.'],
  'undo.commands': ['Commands of the Azure CLI, in order.', ['az vmss update …']],
  'undo.guards': ['Commands that restore the guards.', []],
  ...Object.fromEntries(Object.entries(UNRECOVERABLE).map(([path, words]) => [`undo.${path}`, words])),
};

/** By component and path. */
export const planWords: Readonly<Record<string, Words>> = {
  PropertyChange,
  PlannedBatch,
  InstanceDisks,
  Warning,
  Plan,
  RollbackPlan,
  Explanation,
};

import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const IDS = ['1', '6', '11'];
const CLASS: readonly [string, string] = ['How disruptive the change is for an instance.', 'reimage'];

const PropertyChange: Words = {
  path: ['Path of the property.', EXAMPLE.path],
  before: ['Its value before.', '22.04.202610080'],
  after: ['Its value after; a secret is shown as `(secret)`.', '22.04.202611010'],
  class: CLASS,
  extension: ['The extension that it belongs to.', 'app'],
  isSecret: ['Its value is a secret, and shown nowhere.', true],
};

const PlannedBatch: Words = {
  index: ['Number, from 0.', 1],
  name: ['What makes it one.', 'update domain 1'],
  instances: ['Ids of its instances.', IDS],
  canary: ['A trial before the others.', true],
};

const DISK = (list: string): Words => ({
  [`${list}.diskId`]: ['Resource id of the disk.', EXAMPLE.disk],
  [`${list}.lun`]: ['Logical unit number.', 0],
  [`${list}.caching`]: ['Caching of the host.', 'ReadOnly'],
  [`${list}.deleteOption`]: ['What becomes of the disk with its instance.', 'Detach'],
  [`${list}.writeAcceleratorEnabled`]: ['Whether writes are accelerated.', false],
});

const InstanceDisks: Words = {
  instance: ['Id of the instance.', '3'],
  attach: ['Disks that it gets.'],
  ...DISK('attach'),
  detach: ['Disks that it loses.'],
  ...DISK('detach'),
};

const Warning: Words = {
  code: ['What is warned of; a newer app may know more.', 'noHealthSignal'],
  message: ['In one sentence.', 'the set has no health signal'],
};

const UNRECOVERABLE: Words = {
  unrecoverable: ['What no rollback could put back.'],
  'unrecoverable.path': ['Path of the property.', EXAMPLE.path],
  'unrecoverable.why': ['Why not.', 'Azure never shows the old value'],
};

const EXPECTED: Words = {
  expected: ['What it will probably take.'],
  'expected.seconds': ['Its time.', 1180],
  'expected.armRequests': ['Requests to Azure Resource Manager.', 74],
};

const GUARDS = (name: string, what: string): Words => ({
  [name]: [what],
  [`${name}.policy`]: ['The upgrade policy, as it was.', 'Automatic'],
  [`${name}.repairs`]: ['Automatic repairs.', true],
  [`${name}.osUpgrades`]: ['Automatic OS upgrades.', true],
});

const Plan: Words = {
  planHash: ['Hash of the plan, as a spec names it.', EXAMPLE.hash],
  hash: ['Hash of the plan: a spec that names it is carried out just so, or refused.', EXAMPLE.hash],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  delta: ['What is written to the model.'],
  class: CLASS,
  batches: ['Batches, in order.'],
  floor: ['How many instances always serve.', 12],
  skipped: ['Instances that are left out.'],
  'skipped.instance': ['Id of the instance.', '4'],
  'skipped.reason': ['Why.', 'is on the target already'],
  ...EXPECTED,
  warnings: ['What to know before it begins.'],
  actions: ['What is done to an instance, in this order.', ['upgrade']],
  forced: ['Ids of instances that are on the target already and get only the forced action.', []],
  force: ['The forced action.', 'restart'],
  dataDisks: ['Disks that single instances get or lose.'],
  onlyDisks: ['Ids of instances that get only their disks.', ['3']],
  disksFirst: ['Disks come before the model.', true],
  irreversible: ['Paths that the undone rollout has written and nobody can put back.', [EXAMPLE.path]],
  ...UNRECOVERABLE,
  switchedOff: ['Instances that are off, or are to be off again.'],
  'switchedOff.instance': ['Id of the instance.', '4'],
  'switchedOff.power': ['How it is off.', 'deallocated'],
  'switchedOff.as': ['What is done about it.', 'cold'],
  ...GUARDS('guards', 'What is switched off meanwhile.'),
  ...GUARDS('restores', 'What an earlier rollout left switched off, and this one restores.'),
  unserving: ['Ids of targets that do not serve: the first batch begins with them.', ['7']],
};

const RollbackPlan: Words = {
  rolloutId: ['Id of the rollout.', EXAMPLE.rollout],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  delta: ['What would be written to the model.'],
  dataDisks: ['Disks that single instances would get back or lose.'],
  class: CLASS,
  batches: ['In the order in which they would be rolled back.'],
  floor: ['How many instances would always serve.', 12],
  ...UNRECOVERABLE,
  ...EXPECTED,
  warnings: ['What to know before.'],
};

const Explanation: Words = {
  id: ['Id of the rollout.', EXAMPLE.rollout],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  phase: ['Where it is.', 'waiting'],
  standing: ['The same in one sentence.', 'waiting at batch 1, 6 of 15 upgraded'],
  waits: ['What it waits for.'],
  next: ['What a person may ask of it now.'],
  possible: ['The same as command lines.', [`vmss-rollout approve ${EXAMPLE.rollout}`]],
  done: ['What was done.'],
  'done.model': ['What the model says now.', 'after'],
  'done.operations': ['Every write, and what became of it.'],
  'done.events': ['Every event, the oldest first.'],
  left: ['What would be left if it ended now.'],
  'left.model': ['What the model would say.', 'after'],
  'left.instances': ['Ids of instances, by where they are.', { after: IDS }],
  'left.instances.*': ['Ids of instances.', IDS],
  'left.started': ['Were off before, and run now.', ['3']],
  'left.quarantined': ['Instances that are kept, and how each is released.'],
  'left.heldGuards': ['What is switched off for the rollout.'],
  'left.pinned': ['Where the old model named no exact image.'],
  failure: ['Why it failed.'],
  failures: ['Every failure of an instance.'],
  'failures.instanceId': ['Id of the instance.', '7'],
  'failures.name': ['Its name.', 'web_7'],
  'failures.batch': ['Number of its batch.', 1],
  'failures.code': ['What kind of failure.', 'unhealthyAfterUpgrade'],
  'failures.message': ['In one sentence.', 'the health extension says unhealthy'],
  'failures.evidence': ['What the instance showed then.'],
  plan: ['The plan that it was made with.'],
  rollback: ['What a rollback would do now.'],
  undo: ['How to undo it without this app.'],
  'undo.commands': ['Command lines of `az`.', ['az vmss update …']],
  'undo.guards': ['The same for what is switched off.', []],
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

import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const IDS = ['1', '6', '11'];
const AT = EXAMPLE.time;

const Rollout: Words = {
  id: ['Id of the rollout.', EXAMPLE.rollout],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  phase: ['Where it is.', 'waiting'],
  requestedBy: ['Who asked for it, by name and object id.', 'ada'],
  reason: ['Why, in the words of whoever asked.', 'monthly image'],
  labels: ['Texts of the caller.', { ticket: 'OPS-7' }],
  'labels.*': ['A text.', 'OPS-7'],
  createdAt: ['When it was asked for.', AT],
  startedAt: ['When its plan was made and it began.', AT],
  endedAt: ['When it ended.', AT],
  planHash: ['Hash of its plan.', EXAMPLE.hash],
  noop: ['There was nothing to do.', true],
  next: ['What this caller may ask of it now; what a wait needs comes first.'],
  denied: ['What is possible now, and not for this caller.'],
  'denied.command': ['The command.', 'approve'],
  'denied.message': ['Why not.', 'approve needs the role approver'],
  waitingFor: ['What it waits for.'],
  paused: ['Who or what has paused it; in any phase but an ended one.'],
  'paused.by': ['The person; null where a failure did.', 'ada'],
  'paused.since': ['Since when.', AT],
  'paused.reason': ['Why.', 'errors rise'],
  batch: ['Number of the batch that it is at.', 1],
  batches: ['All batches, in order.'],
  fellBack: ['Batches no longer slide into each other.'],
  'fellBack.to': ['The pacing from then on.', 'barrier'],
  'fellBack.at': ['Since when.', AT],
  'fellBack.message': ['Why.', 'two operations were preempted'],
  instances: ['How many instances are where.'],
  'instances.total': ['All targets.', 15],
  'instances.upgraded': ['On the target and well.', 6],
  'instances.upgrading': ['Under way.', 3],
  'instances.pending': ['Not begun.', 6],
  'instances.failed': ['Failed.', 0],
  'instances.skipped': ['Left out.', 0],
  'instances.gone': ['Gone from the set meanwhile.', 0],
  'instances.rolledBack': ['Back on what they ran before.', 0],
  failure: ['Why it failed.'],
  left: ['What it left other than its goal.'],
  'left.model': ['What the model says now.', 'after'],
  'left.instances': ['Where the instances are.'],
  'left.instances.before': ['On what they ran before.', IDS],
  'left.instances.after': ['On the target.', IDS],
  'left.instances.unknown': ['Nobody can tell.', IDS],
  'left.instances.quarantined': ['Kept for somebody to look into.', ['7']],
  'left.started': ['Were off before, and run now.', ['3']],
  'left.quarantined': ['Instances that are kept, and how each is released.'],
  'left.heldGuards': ['What was switched off for the rollout and still is.'],
  'left.pinned': ['Where the old model named no exact image.'],
};

const RolloutPage: Words = {
  value: ['Rollouts, the newest first.'],
  nextLink: [
    'Address of the next page, where there is one.',
    `https://rollouts.example/api/rollouts?skipToken=${EXAMPLE.rollout}`,
  ],
};

const Batch: Words = {
  index: ['Number, from 0.', 1],
  name: ['What makes it one.', 'update domain 1'],
  phase: ['Where it is.', 'settling'],
  instances: ['Ids of its instances.', IDS],
  startedAt: ['When it began.', AT],
  endedAt: ['When it ended.', AT],
};

const Wait: Words = {
  kind: ['What is waited for.', 'approval'],
  batch: ['Number of the batch.', 1],
  since: ['Since when.', AT],
  until: ['When the wait ends by itself.', AT],
  tries: ['How often it was asked for in vain.', 3],
  message: ['Why, in one sentence.', 'batch 1 (1, 6, 11) waits for approval'],
};

const Next: Words = {
  command: ['The command.', 'approve'],
  batch: ['The batch to name with it.', 1],
  instances: ['The instances to name with it.', ['7']],
};

const Failure: Words = {
  code: ['What kind of failure.', 'unhealthyAfterUpgrade'],
  message: ['In one sentence.', '1 of 3 instances is unhealthy after its upgrade: 7'],
  remedy: ['What to do next.', 'see what the instance shows: vmss-rollout status --instances'],
  instances: ['Ids of the instances that failed.', ['7']],
  causes: ['The instances by what they failed of, the commonest first.'],
  'causes.code': ['What kind of failure.', 'unhealthyAfterUpgrade'],
  'causes.message': ['In one sentence.', 'the health extension says unhealthy'],
  'causes.instances': ['Ids of the instances.', ['7']],
};

const HeldGuard: Words = {
  guard: ['What is switched off.', 'upgradePolicy'],
  was: ['What it was before.', 'Automatic'],
  remedy: ['What restores it.', `vmss-rollout doctor --restore ${EXAMPLE.rollout}`],
};

const Quarantined: Words = {
  instance: ['Id of the instance.', '7'],
  by: ['Who keeps it.', 'ada'],
  since: ['Since when.', AT],
  reason: ['Why.', 'heap dump'],
  belowFloor: ['Whether others may go down although the floor leaves them no room.', true],
  remedy: ['What releases it.', 'az vmss update --instance-id 7 --protect-from-scale-set-actions false …'],
};

const Pinned: Words = {
  path: ['Path of the property.', EXAMPLE.path],
  was: ['What the old model said.', 'latest'],
  now: ['What it says now.', '22.04.202610080'],
  others: ['Instances that ran something else.'],
  'others.image': ['What they ran.', EXAMPLE.before],
  'others.instances': ['Their ids.', ['4']],
};

const Event: Words = {
  sequence: ['Number, from 1.', 12],
  time: ['When.', AT],
  kind: ['What happened; a newer app may know more kinds.', 'upgradeAccepted'],
  message: ['In one sentence.', 'Azure accepted the upgrade of 1, 6, 11'],
  batch: ['Number of the batch.', 1],
  instances: ['Ids of the instances.', IDS],
  by: ['Who caused it.', 'ada'],
  etag: ['ETag of the scale set that was written.', '"7"'],
  requestId: ["Azure Resource Manager's own id of the request.", '00000000-0000-4000-8000-00000000000d'],
  status: ['Of a write that Azure did not take: the HTTP status.', 409],
  code: ['And its code.', 'OperationNotAllowed'],
};

const Events: Words = { value: ['Events, the oldest first.'] };

const SHOWN = (what: string): Words => ({
  [`${what}.state`]: ['The state.', 'unhealthy'],
  [`${what}.message`]: ["In the service's words.", 'connection refused'],
  [`${what}.at`]: ['When the service saw it.', AT],
});

const Evidence: Words = {
  seenAt: ['When it was looked at.', AT],
  provisioning: ['Its provisioning state.'],
  ...SHOWN('provisioning'),
  'provisioning.code': ['The code of the status.', 'ProvisioningState/failed'],
  power: ['Its power state.', 'running'],
  agent: ['Its guest agent.'],
  ...SHOWN('agent'),
  health: ['Its health signal.'],
  ...SHOWN('health'),
  extensions: ['Its extensions, the failed ones first.'],
  'extensions.name': ['Name of the extension.', 'app'],
  ...SHOWN('extensions'),
  image: ['The image that it runs.', EXAMPLE.now],
  latestModelApplied: ['Whether Azure says that it is on the model.', true],
  attempts: ['How often the rollout has written to it.', 1],
  write: ["The rollout's last write to it."],
  'write.action': ['What was asked.', 'upgrade'],
  'write.status': ['What became of it.', 'succeeded'],
  'write.intendedAt': ['When it was about to be sent.', AT],
  'write.acceptedAt': ['When Azure accepted it.', AT],
  'write.endedAt': ['When it ended.', AT],
  'write.requestId': [
    "Azure Resource Manager's own id of the request.",
    '00000000-0000-4000-8000-00000000000d',
  ],
  'write.error': ['What Azure says went wrong.'],
  'write.error.code': ['Its code.', 'VMExtensionProvisioningError'],
  'write.error.message': ['In its words.', 'the extension ended with 1'],
  healthyBy: ['By when it had to be healthy.', AT],
};

const InstanceFailure: Words = {
  code: ['What kind of failure.', 'unhealthyAfterUpgrade'],
  message: ['In one sentence.', 'the health extension says unhealthy'],
  evidence: ['What the instance showed then.'],
};

const Instance: Words = {
  instanceId: ['Id of the instance.', '7'],
  name: ['Its name.', 'web_7'],
  updateDomain: ['Its update domain.', 2],
  faultDomain: ['Its fault domain.', 1],
  zone: ['Its zone.', '1'],
  batch: ['Number of its batch.', 2],
  phase: ['Where it is.', 'settling'],
  image: ['Its image.'],
  'image.before': ['What it ran before.', EXAMPLE.before],
  'image.now': ['What it runs.', EXAMPLE.now],
  latestModelApplied: ['Whether Azure says that it is on the model.', true],
  provisioningState: ['Its provisioning state.', 'Succeeded'],
  power: ['Its power state.', 'running'],
  health: ['Its health.', 'healthy'],
  attempts: ['How often the rollout has written to it.', 1],
  failure: ['How it failed.'],
  quarantine: ['It is kept for somebody to look into.'],
  'quarantine.by': ['Who keeps it.', 'ada'],
  'quarantine.since': ['Since when.', AT],
  'quarantine.reason': ['Why.', 'heap dump'],
  'quarantine.belowFloor': ['Whether others may go down although the floor leaves them no room.', true],
  'quarantine.isProtected': ['Whether Azure protects it by now.', true],
  earlierFailures: ['How it failed before that.'],
  updatedAt: ['When this was last written.', AT],
};

const Instances: Words = { value: ['Instances, by their id.'] };

const Operation: Words = {
  key: ['Its name in the rollout.', 'upgrade-1-0'],
  kind: ['What is written.', 'upgrade'],
  action: ['What is done to the instances.', 'upgrade'],
  part: ['The part of the model that is written.', 'set'],
  direction: ['Where the rollout was heading.', 'forward'],
  batch: ['Number of the batch.', 1],
  instances: ['Ids of the instances.', IDS],
  status: ['What became of it.', 'succeeded'],
  intendedAt: ['When it was about to be sent.', AT],
  answeredAt: ['When its answer came.', AT],
  acceptedAt: ['When Azure accepted it.', AT],
  endedAt: ['When it ended.', AT],
  ranSeconds: ["How long it ran by the service's own word.", 141.5],
  silence: ['Why the last request about it had no answer.', 'the connection was reset'],
  untracked: ['Why it cannot be followed where the service said.'],
  'untracked.code': ['The code.', 'OperationNotFound'],
  'untracked.message': ["In the service's words.", 'the operation was not found'],
  requestId: ["Azure Resource Manager's own id of the request.", '00000000-0000-4000-8000-00000000000d'],
  etag: ['ETag that the write gave the scale set.', '"7"'],
  error: ['What Azure says went wrong.'],
  'error.code': ['The code.', 'OverconstrainedAllocationRequest'],
  'error.message': ["In the service's words.", 'no capacity'],
  sliding: ['Others may still have been running, on purpose.', true],
  conflict: ['Refused because another write to the set was under way.', true],
};

/** By component and path. */
export const rolloutWords: Readonly<Record<string, Words>> = {
  Rollout,
  RolloutPage,
  Batch,
  Wait,
  Next,
  Failure,
  HeldGuard,
  Quarantined,
  Pinned,
  Event,
  Events,
  Evidence,
  InstanceFailure,
  Instance,
  Instances,
  Operation,
};

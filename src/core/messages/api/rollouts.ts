import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const IDS = ['1', '6', '11'];
const AT = EXAMPLE.time;

const Rollout: Words = {
  id: ['Id of the rollout.', EXAMPLE.rollout],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  phase: ['Its phase.', 'waiting'],
  requestedBy: ['Who requested it: name and object id.', 'ada'],
  reason: ['The reason given by whoever requested it.', 'monthly image'],
  labels: ['Labels that the requester gave it.', { ticket: 'OPS-7' }],
  'labels.*': ['The value of a label.', 'OPS-7'],
  createdAt: ['When it was requested.', AT],
  startedAt: ['When its plan was made and it started.', AT],
  endedAt: ['When it ended.', AT],
  planHash: ['Hash of its plan.', EXAMPLE.hash],
  namedStrategy: ['The strategy that it uses by its name.'],
  'namedStrategy.name': ['Its name.', 'careful'],
  'namedStrategy.version': ['Its version when the rollout was accepted.', 3],
  noop: ['There was nothing to do.', true],
  next: ['Commands that this caller may send now; the one that a wait needs comes first.'],
  denied: ['Commands that are possible now, but not for this caller.'],
  'denied.command': ['The command.', 'approve'],
  'denied.message': ['Why not.', 'approve needs the role approver'],
  waitingFor: ['What it waits for.'],
  waited: ['Seconds that it has waited so far, by what it waited for.'],
  'waited.people': ['For approvals and by pauses and freezes.', 5400],
  'waited.windows': ['For its windows and `startAt`.', 3600],
  'waited.queue': ['For other rollouts of the scale set.', 900],
  'waited.throttling': ['Because Azure throttled the app.', 30],
  'waited.service': ['For Azure: operations, health, answers and access.', 1200],
  paused: ['Why it is paused; possible in every phase until it ends.'],
  'paused.by': ['Who paused it; null if a failure did.', 'ada'],
  'paused.since': ['Since when.', AT],
  'paused.reason': ['Why.', 'errors rise'],
  batch: ['Index of the current batch, from 0.', 1],
  batches: ['All batches, in order.'],
  fellBack: ['Set when sliding fell back to one batch at a time.'],
  'fellBack.to': ['The pacing since then.', 'barrier'],
  'fellBack.at': ['Since when.', AT],
  'fellBack.message': ['Why.', 'two operations were preempted'],
  instances: ['Instances counted by state.'],
  'instances.total': ['All targeted instances.', 15],
  'instances.upgraded': ['On the target and healthy.', 6],
  'instances.upgrading': ['Being upgraded, or settling.', 3],
  'instances.pending': ['Not started.', 6],
  'instances.failed': ['Failed.', 0],
  'instances.skipped': ['Skipped.', 0],
  'instances.gone': ['Removed from the scale set during the rollout.', 0],
  'instances.rolledBack': ['Back on what they ran before the rollout.', 0],
  failure: ['Why it failed.'],
  left: ['What differs from the target at its end.'],
  'left.model': ['Which side of the change the model is on.', 'after'],
  'left.instances': ['Which side of the change each instance is on.'],
  'left.instances.before': ['On what they ran before the rollout.', IDS],
  'left.instances.after': ['On the target.', IDS],
  'left.instances.unknown': ['Could not be determined.', IDS],
  'left.instances.quarantined': ['In quarantine.', ['7']],
  'left.started': ['Were off before the rollout, and are running now.', ['3']],
  'left.quarantined': ['Instances in quarantine, and how each is released.'],
  'left.heldGuards': ['Guards that the rollout switched off and that still are.'],
  'left.pinned': ['Where the old model named no exact image version, and what it is pinned to.'],
};

const RolloutPage: Words = {
  value: ['Rollouts, newest first.'],
  nextLink: [
    'Address of the next page, if there is one.',
    `https://rollouts.example/api/rollouts?skipToken=${EXAMPLE.rollout}`,
  ],
};

const Batch: Words = {
  index: ['Its index, from 0.', 1],
  name: ['Its name.', 'update domain 1'],
  phase: ['Its phase.', 'settling'],
  instances: ['Ids of its instances.', IDS],
  startedAt: ['When it started.', AT],
  endedAt: ['When it ended.', AT],
};

const Wait: Words = {
  kind: ['What it waits for.', 'approval'],
  batch: ['Index of the batch, from 0.', 1],
  since: ['Since when.', AT],
  until: ['When the wait ends by itself.', AT],
  tries: ['Failed attempts so far.', 3],
  holder: ['In the queue: the rollout that holds the scale set, or comes next.', EXAMPLE.rollout],
  place: ['In the queue: its place, 1 for the next one.', 2],
  message: ['Why, in one sentence.', 'update domain 1 is waiting for approval'],
};

const Next: Words = {
  command: ['The command.', 'approve'],
  batch: ['The batch to send with it.', 1],
  instances: ['The instances to send with it.', ['7']],
};

const Failure: Words = {
  code: ['What kind of failure.', 'unhealthyAfterUpgrade'],
  message: ['The same in one sentence.', '1 of 3 instances is unhealthy after its upgrade: 7'],
  remedy: ['What to do next.', 'see what happened: vmss-rollout explain 20261121-080000-32caec60'],
  instances: ['Ids of the instances that failed.', ['7']],
  causes: ['The failed instances grouped by cause, the most common first.'],
  'causes.code': ['What kind of failure.', 'unhealthyAfterUpgrade'],
  'causes.message': ['The same in one sentence.', 'the health extension says unhealthy'],
  'causes.instances': ['Ids of the instances.', ['7']],
};

const HeldGuard: Words = {
  guard: ['The guard.', 'upgradePolicy'],
  was: ['Its value before.', 'Automatic'],
  remedy: ['How to restore it.', `vmss-rollout doctor --restore ${EXAMPLE.rollout}`],
};

const Quarantined: Words = {
  instance: ['Id of the instance.', '7'],
  by: ['Who put it in quarantine.', 'ada'],
  since: ['Since when.', AT],
  reason: ['Why.', 'heap dump'],
  belowFloor: ['Whether other instances may be taken down below the floor.', true],
  remedy: ['How to release it.', 'az vmss update --instance-id 7 --protect-from-scale-set-actions false …'],
};

const Pinned: Words = {
  path: ['Path of the property.', EXAMPLE.path],
  was: ['Its value in the old model.', 'latest'],
  now: ['Its value now.', '22.04.202610080'],
  others: ['Instances that ran another version.'],
  'others.image': ['The image that they ran.', EXAMPLE.before],
  'others.instances': ['Their ids.', ['4']],
};

const Event: Words = {
  sequence: ['Number, from 1.', 12],
  time: ['When.', AT],
  kind: ['What happened; newer versions of the app may add kinds.', 'upgradeAccepted'],
  message: ['The same in one sentence.', 'Azure accepted the upgrade of 1, 6, 11'],
  batch: ['Index of the batch, from 0.', 1],
  instances: ['Ids of the instances.', IDS],
  by: ['Who caused it, if a person did.', 'ada'],
  etag: ['ETag of the scale set after the write.', '"7"'],
  requestId: ["Azure's id of the request (x-ms-request-id).", '00000000-0000-4000-8000-00000000000d'],
  status: ['HTTP status of a write that Azure refused.', 409],
  code: ['Error code of a write that Azure refused.', 'OperationNotAllowed'],
};

const Events: Words = { value: ['Events, oldest first.'] };

const SHOWN = (what: string): Words => ({
  [`${what}.state`]: ['The state.', 'unhealthy'],
  [`${what}.message`]: ["Azure's own message.", 'connection refused'],
  [`${what}.at`]: ['When Azure observed it.', AT],
});

const Evidence: Words = {
  seenAt: ['When it was read.', AT],
  provisioning: ['Its provisioning state.'],
  ...SHOWN('provisioning'),
  'provisioning.code': ['The code of the status.', 'ProvisioningState/failed'],
  power: ['Its power state.', 'running'],
  agent: ['Its guest agent.'],
  ...SHOWN('agent'),
  health: ['Its health signal.'],
  ...SHOWN('health'),
  extensions: ['Its extensions, failed ones first.'],
  'extensions.name': ['Name of the extension.', 'app'],
  ...SHOWN('extensions'),
  image: ['The image that it runs.', EXAMPLE.now],
  latestModelApplied: ['Whether Azure reports it on the latest model.', true],
  attempts: ['Writes that the rollout has sent for it.', 1],
  write: ["The rollout's last write for it."],
  'write.action': ['The action.', 'upgrade'],
  'write.status': ['Its outcome so far.', 'succeeded'],
  'write.intendedAt': ['When the intent to send it was recorded.', AT],
  'write.acceptedAt': ['When Azure accepted it.', AT],
  'write.endedAt': ['When it ended.', AT],
  'write.requestId': ["Azure's id of the request (x-ms-request-id).", '00000000-0000-4000-8000-00000000000d'],
  'write.error': ['The error that Azure reported.'],
  'write.error.code': ['The error code.', 'VMExtensionProvisioningError'],
  'write.error.message': ["Azure's own message.", 'the extension ended with 1'],
  healthyBy: ['By when it had to be healthy.', AT],
};

const InstanceFailure: Words = {
  code: ['What kind of failure.', 'unhealthyAfterUpgrade'],
  message: ['The same in one sentence.', 'the health extension says unhealthy'],
  evidence: ['What Azure showed of the instance at that time.'],
};

const Instance: Words = {
  instanceId: ['Id of the instance.', '7'],
  name: ['Its name.', 'web_7'],
  updateDomain: ['Its update domain.', 2],
  faultDomain: ['Its fault domain.', 1],
  zone: ['Its zone.', '1'],
  batch: ['Index of its batch, from 0.', 2],
  phase: ['Its phase.', 'settling'],
  image: ['Its image.'],
  'image.before': ['The image before the rollout.', EXAMPLE.before],
  'image.now': ['The image now.', EXAMPLE.now],
  latestModelApplied: ['Whether Azure reports it on the latest model.', true],
  provisioningState: ['Its provisioning state.', 'Succeeded'],
  power: ['Its power state.', 'running'],
  health: ['Its health.', 'healthy'],
  attempts: ['Writes that the rollout has sent for it.', 1],
  failure: ['Its failure.'],
  quarantine: ['Set while it is in quarantine.'],
  'quarantine.by': ['Who put it in quarantine.', 'ada'],
  'quarantine.since': ['Since when.', AT],
  'quarantine.reason': ['Why.', 'heap dump'],
  'quarantine.belowFloor': ['Whether other instances may be taken down below the floor.', true],
  'quarantine.isProtected': ['Whether it is protected in Azure.', true],
  earlierFailures: ['Earlier failures, oldest first.'],
  updatedAt: ['When this was last updated.', AT],
};

const Instances: Words = { value: ['Instances, ordered by id.'] };

const Operation: Words = {
  key: ['Its key within the rollout.', 'upgrade-1-0'],
  kind: ['What kind of write it is.', 'upgrade'],
  action: ['The action on the instances.', 'upgrade'],
  part: ['The part of the model: the set itself, or an extension.', 'set'],
  direction: ['The direction of the rollout.', 'forward'],
  batch: ['Index of the batch, from 0.', 1],
  instances: ['Ids of the instances.', IDS],
  status: ['Its outcome so far.', 'succeeded'],
  intendedAt: ['When the intent to send it was recorded.', AT],
  answeredAt: ['When Azure answered.', AT],
  acceptedAt: ['When Azure accepted it.', AT],
  endedAt: ['When it ended.', AT],
  ranSeconds: ['How long it ran, according to Azure.', 141.5],
  silence: ['Why the last request about it got no answer.', 'the connection was reset'],
  untracked: ['Why it cannot be polled at the address that Azure gave.'],
  'untracked.code': ['The error code.', 'OperationNotFound'],
  'untracked.message': ["Azure's own message.", 'the operation was not found'],
  requestId: ["Azure's id of the request (x-ms-request-id).", '00000000-0000-4000-8000-00000000000d'],
  etag: ['ETag of the scale set after the write.', '"7"'],
  error: ['The error that Azure reported.'],
  'error.code': ['The error code.', 'OverconstrainedAllocationRequest'],
  'error.message': ["Azure's own message.", 'no capacity'],
  sliding: ['Sent on purpose while others may still have been running.', true],
  conflict: ['Refused because another write to the scale set was under way.', true],
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

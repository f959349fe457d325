import { policyFields } from './requests.ts';
import { scheduleWords } from './schedules.ts';
import { strategyWords } from './strategies.ts';
import { waitWords } from './waits.ts';
import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const AT = EXAMPLE.time;
const LEASE = '9cfd73b1d33e511be06a13b868d01a72';
const RESTORE = `vmss-rollout doctor --restore ${EXAMPLE.rollout}`;

const ScaleSetSummary: Words = {
  id: ['Resource id.', EXAMPLE.scaleSet],
  subscriptionId: ['Its subscription.', '00000000-0000-4000-8000-000000000001'],
  resourceGroup: ['Its resource group.', 'shop'],
  name: ['Its name.', 'web'],
  location: ['Its region.', 'westeurope'],
  zones: ['Its zones.', ['1', '2', '3']],
  vmSize: ['VM size in the model.', 'Standard_D2s_v5'],
  capacity: ['How many instances it should have.', 15],
  orchestrationMode: ['Its orchestration mode.', 'Uniform'],
  upgradePolicy: ['Its upgrade policy.', 'Manual'],
  image: [
    'Image reference of the model, as Azure shows it; null if the image is the address of a disk.',
    { version: '22.04.202611010' },
  ],
  'image.*': ['A part of the image reference.', '22.04.202611010'],
  provisioningState: ['Its provisioning state.', 'Succeeded'],
  heldBy: ['Id of the rollout that holds it.', EXAMPLE.rollout],
};

const VIEWS: Words = {
  model: ['Its model as Azure returns it, without secrets; not in a summary.', {}],
  instanceView: ['Its instance view as Azure returns it; not in a summary.', {}],
};

const ScaleSet: Words = {
  ...ScaleSetSummary,
  etag: ['Its ETag.', '"7"'],
  ...VIEWS,
  denied: ['What this caller may not do with it.'],
  'denied.act': ['The act.', 'start'],
  'denied.message': [
    'Why not.',
    'you need the role requester or operator to start rollouts; you have viewer',
  ],
};

const ScaleSets: Words = {
  value: ['Scale sets, ordered by id.'],
  unreadable: ['Subscriptions that the app could not read.'],
  'unreadable.subscriptionId': ['The subscription.', '00000000-0000-4000-8000-000000000009'],
  'unreadable.code': ['The error code.', 'AuthorizationFailed'],
  'unreadable.message': ["Azure's own message.", 'the client has no authorization'],
};

const ScaleSetInstance: Words = {
  instanceId: ['Id of the instance.', '7'],
  name: ['Its name.', 'web_7'],
  vmId: [
    'Unique id of the virtual machine; changes when the instance is deleted and created again.',
    '00000000-0000-4000-8000-000000000007',
  ],
  updateDomain: ['Its update domain.', 2],
  faultDomain: ['Its fault domain.', 1],
  zone: ['Its zone.', '1'],
  placementGroup: ['Its placement group.', '00000000-0000-4000-8000-0000000000b1'],
  vmSize: ['Its size.', 'Standard_D2s_v5'],
  latestModelApplied: ['Whether Azure reports it on the latest model.', true],
  image: ['The image that it runs.', EXAMPLE.now],
  provisioningState: ['Its provisioning state.', 'Succeeded'],
  power: ['Its power state.', 'running'],
  health: ['Its health signal.', 'healthy'],
  agent: ['Its guest agent.', 'ready'],
  protection: ['What it is protected from.'],
  'protection.fromScaleSetActions': ['From actions of the scale set.', false],
  'protection.fromScaleIn': ['From scale-in.', false],
  ...VIEWS,
};

const ScaleSetInstances: Words = { value: ['Instances, in the order of Azure.'] };

const Lease: Words = {
  id: ['Id of the lease.', LEASE],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  rolloutId: ['Id of the rollout that holds it.', EXAMPLE.rollout],
  token: ['Its fencing token, which increases with every holder.', 3],
  since: ['Since when.', AT],
  phase: ['Phase of the rollout.', 'waiting'],
  state: ['State of the holder.', 'live'],
  message: ['The same in one sentence.', `rollout ${EXAMPLE.rollout} is running`],
  canTakeOver: ['Whether it can be taken over.', false],
  remedy: ['The command that takes it over.', `vmss-rollout doctor --take-over ${LEASE}`],
  heldGuards: ['Guards that are held for the rollout.'],
  waiting: ['Ids of the rollouts that wait for the scale set, the next one first.', [EXAMPLE.rollout]],
};

const Leases: Words = {
  value: ['Leases that are held now.'],
  guardsLeft: ['Guards that ended rollouts left held.'],
  'guardsLeft.rolloutId': ['Id of the rollout.', EXAMPLE.rollout],
  'guardsLeft.scaleSet': ['Resource id of the scale set.', EXAMPLE.scaleSet],
  'guardsLeft.guard': ['The guard.', 'upgradePolicy'],
  'guardsLeft.was': ['Its value before.', 'Automatic'],
  'guardsLeft.remedy': ['How to restore it.', RESTORE],
};

const TakenOver: Words = {
  id: ['Id of the lease.', LEASE],
  scaleSet: ['Resource id of the scale set.', EXAMPLE.scaleSet],
  token: ['Its fencing token now.', 4],
  since: ['Since when.', AT],
  rolloutId: ['Id of the rollout that holds it now.', EXAMPLE.rollout],
  from: ['Id of the rollout that held it.', EXAMPLE.rollout],
  action: ['What was done: the workflow was restarted, the scale set released, or nothing.', 'restarted'],
};

const FreezeState: Words = {
  frozen: ['Whether all writes are frozen.', true],
  by: ['Who froze them.', 'ada'],
  since: ['Since when.', AT],
  reason: ['The reason.', 'Black Friday'],
};

const Freeze: Words = {
  ...FreezeState,
  acts: ['Every freeze and lift, oldest first.'],
  'acts.sequence': ['Sequence number, from 1.', 1],
  'acts.kind': ['What was done.', 'freeze'],
  'acts.by': ['Who did it.', 'ada'],
  'acts.at': ['When.', AT],
  'acts.reason': ['Why.', 'Black Friday'],
};

const Caller: Words = {
  kind: ['Whether it is a person or an application.', 'user'],
  name: ['Name of the caller.', 'ada'],
  roles: ['The app roles of the caller.', ['operator']],
  denied: ['What the caller may not do to the app, or to any scale set.'],
  'denied.act': ['The act.', 'freeze'],
  'denied.message': ['Why not.', 'you need the role operator or admin to freeze all writes; you have viewer'],
};

const Health: Words = {
  status: ['`ok`: the app is ready.', 'ok'],
  version: ['Its version.', '0.1.0'],
};

const Problem: Words = {
  type: ['Always `about:blank`; see `code`.', 'about:blank'],
  title: ['The HTTP status in words.', 'Conflict'],
  status: ['The HTTP status.', 409],
  code: ['What kind of problem.', 'scaleSetBusy'],
  detail: ['What is wrong, in one sentence.', `rollout ${EXAMPLE.rollout} holds this scale set`],
  errors: ['The fields that are wrong.'],
  'errors.path': ['Path of the field.', 'strategy.steps'],
  'errors.message': ['What is wrong with it.', 'is needed with batchBy count'],
  remedy: ['What to do next.', `wait for it, or end it: vmss-rollout abort ${EXAMPLE.rollout}`],
  rolloutId: ['Id of the rollout concerned.', EXAMPLE.rollout],
};

/** By component and path. */
const PolicyState: Words = policyFields('policy');

const PolicyView: Words = {
  ...PolicyState,
  versions: ['Every version, oldest first.'],
  'versions.number': ['Its number.', 3],
  'versions.by': ['Who wrote it.', 'ada'],
  'versions.at': ['When.', AT],
  'versions.reason': ['The reason, for people.', 'audit of May'],
  ...policyFields('versions.policy'),
};

export const otherWords: Readonly<Record<string, Words>> = {
  ScaleSetSummary,
  ScaleSets,
  ScaleSet,
  ScaleSetInstance,
  ScaleSetInstances,
  Lease,
  Leases,
  TakenOver,
  FreezeState,
  PolicyState,
  PolicyView,
  Freeze,
  Caller,
  Health,
  Problem,
  ...scheduleWords,
  ...strategyWords,
  ...waitWords,
};

import { z } from 'zod';
import { ROLES } from '../../core/access/caller.ts';
import { ACTS_OF_APP, ACTS_ON_SET } from '../../core/access/rights.ts';
import { Policy, PolicyVersion } from '../../core/access/policy.ts';
import { count, maybe, text, texts, time } from '../../core/model/schemas.ts';
import { freezeAct } from '../../core/record/schemas.ts';
import { bool, json, orNull } from './parts.ts';

const frozen = { frozen: bool, by: maybe(text), since: maybe(time), reason: maybe(text) };

/** After a freeze or its end; the acts are told to whoever asks. */
export const FreezeState = z.strictObject(frozen);

export const Freeze = z.strictObject({ ...frozen, acts: z.array(freezeAct) });

/** After it was set; its versions are told to whoever asks. */
export const PolicyState = z.strictObject({ policy: Policy });

export const PolicyView = z.strictObject({
  policy: Policy,
  versions: z.array(PolicyVersion),
});

const summary = {
  id: text,
  subscriptionId: text,
  resourceGroup: text,
  name: text,
  location: text,
  zones: texts,
  vmSize: orNull(text),
  capacity: orNull(count),
  orchestrationMode: text,
  upgradePolicy: orNull(text),
  image: orNull(z.record(z.string(), text)),
  provisioningState: text,
  heldBy: orNull(text),
};

export const ScaleSetSummary = z.strictObject(summary);

export const ScaleSets = z.strictObject({
  value: z.array(ScaleSetSummary),
  unreadable: maybe(z.array(z.strictObject({ subscriptionId: text, code: text, message: text }))),
});

export const ScaleSet = z.strictObject({
  ...summary,
  etag: text,
  model: json,
  instanceView: json,
  denied: maybe(z.array(z.strictObject({ act: z.enum(ACTS_ON_SET), message: text }))),
});

export const ScaleSetInstance = z.strictObject({
  instanceId: text,
  name: text,
  vmId: orNull(text),
  updateDomain: orNull(count),
  faultDomain: orNull(count),
  zone: orNull(text),
  placementGroup: orNull(text),
  vmSize: orNull(text),
  latestModelApplied: bool,
  image: text,
  provisioningState: text,
  power: orNull(text),
  health: orNull(text),
  agent: orNull(text),
  protection: z.strictObject({ fromScaleSetActions: bool, fromScaleIn: bool }),
  model: maybe(json),
  instanceView: maybe(json),
});

export const ScaleSetInstances = z.strictObject({ value: z.array(ScaleSetInstance) });

export const Caller = z.strictObject({
  kind: z.enum(['user', 'application']),
  name: text,
  roles: z.array(z.enum(ROLES)),
  denied: maybe(z.array(z.strictObject({ act: z.enum(ACTS_OF_APP), message: text }))),
});

export const Health = z.strictObject({ status: z.literal('ok'), version: text });

export const Problem = z.strictObject({
  type: text,
  title: text,
  status: count,
  code: text,
  detail: text,
  errors: maybe(z.array(z.strictObject({ path: text, message: text }))),
  remedy: maybe(text),
  rolloutId: maybe(text),
});

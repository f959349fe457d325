import { z } from 'zod';
import { CHANGE_CLASSES } from '../../core/model/change-class.ts';
import type { PropertyChange } from '../../core/model/delta.ts';
import type { Guards } from '../../core/model/guards.ts';
import type { Json, Model } from '../../core/model/model.ts';
import type { Plan, Warning } from '../../core/plan/plan.ts';
import type { Secrets } from '../../core/spec/hidden.ts';
import { formatOf } from './format.ts';
import { diskWork } from './ledger-row.ts';
import { action, count, flag, guardName, maybe, off, text, texts } from './parts.ts';

const json: z.ZodType<Json> = z.json();
const model: z.ZodType<Model> = z.record(text, json);

/** Kept by the place that each has in the change, and nowhere else. */
export const secrets: z.ZodType<Secrets> = z.record(text, json);

export const change = formatOf<PropertyChange>()(
  z.strictObject({
    path: text,
    before: json,
    after: json,
    class: z.enum(CHANGE_CLASSES),
    extension: maybe(text),
    isSecret: flag,
  }),
);

const warning = formatOf<Warning>()(
  z.strictObject({
    code: z.enum([
      'nothingToDo',
      'scaleSetHeld',
      'noInstanceMatches',
      'notServing',
      'automaticOsUpgrade',
      'spotInstances',
      'zoneBalance',
      'noHealthSignal',
      'noGuestAgent',
      'noUpdateDomains',
      'notAllListed',
      'graceExceedsTimeout',
      'olderThanLatest',
      'rollbackPinsVersion',
      'guardStaysHeld',
      'operationsRunning',
      'bringsEveryone',
      'rollbackNotWhole',
      'upgradedCold',
      'startedFirst',
      'switchedOffAgain',
      'takesEffectLater',
      'unhealthyFirstWithin',
      'rollbackSets',
    ]),
    message: text,
  }),
);

const guards = formatOf<Guards>()(z.strictObject({ policy: maybe(text), repairs: flag, osUpgrades: flag }));

const plan = formatOf<Plan>()(
  z.strictObject({
    kind: z.literal('plan'),
    hash: text,
    scaleSet: text,
    delta: z.array(change),
    class: z.enum(CHANGE_CLASSES),
    batches: z.array(z.strictObject({ index: count, name: text, instances: texts, canary: flag })),
    floor: count,
    skipped: z.array(z.strictObject({ instance: text, reason: text })),
    expected: z.strictObject({ seconds: z.number(), armRequests: z.number() }),
    warnings: z.array(warning),
    modelHash: text,
    image: maybe(text),
    actions: z.array(action),
    forced: texts,
    force: maybe(action),
    dataDisks: maybe(z.array(z.strictObject({ ...diskWork.shape, instance: text }))),
    onlyDisks: maybe(texts),
    disksFirst: maybe(z.boolean()),
    irreversible: maybe(texts),
    unrecoverable: maybe(z.array(z.strictObject({ path: text, why: text }))),
    switchedOff: maybe(
      z.array(z.strictObject({ instance: text, power: off, as: z.enum(['cold', 'started', 'offAgain']) })),
    ),
    guards,
    restores: maybe(guards),
    restoredGuards: maybe(z.array(guardName)),
    largestDomain: count,
    promisesHealth: maybe(z.boolean()),
    suppressed: maybe(texts),
    unserving: maybe(texts),
  }),
);

export const keptPlan: z.ZodType<{ readonly plan: Plan; readonly snapshot: Model }> = z.strictObject({
  plan,
  snapshot: model,
});

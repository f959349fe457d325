import { z } from 'zod';
import { CHANGE_CLASSES } from '../../core/model/change-class.ts';
import type { Json, Model } from '../../core/model/model.ts';
import { count, maybe, propertyChange, schemaOf, text, texts } from '../../core/model/schemas.ts';
import { WARNING_CODES } from '../../core/plan/plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import {
  expected,
  guards,
  instanceDisks,
  plannedBatch,
  switchedOff,
  unrecoverable,
} from '../../core/plan/schemas.ts';
import { action, guardName } from '../../core/record/schemas.ts';
import type { Secrets } from '../../core/spec/hidden.ts';

const json: z.ZodType<Json> = z.json();
const model: z.ZodType<Model> = z.record(text, json);

/** Kept by the place that each has in the change, and nowhere else. */
export const secrets: z.ZodType<Secrets> = z.record(text, json);

const plan = schemaOf<Plan>()(
  z.strictObject({
    kind: z.literal('plan'),
    hash: text,
    scaleSet: text,
    delta: z.array(propertyChange),
    class: z.enum(CHANGE_CLASSES),
    batches: z.array(plannedBatch),
    floor: count,
    skipped: z.array(z.strictObject({ instance: text, reason: text })),
    expected: expected,
    warnings: z.array(z.strictObject({ code: z.enum(WARNING_CODES), message: text })),
    modelHash: text,
    image: maybe(text),
    actions: z.array(action),
    forced: texts,
    force: maybe(action),
    dataDisks: maybe(z.array(instanceDisks)),
    onlyDisks: maybe(texts),
    disksFirst: maybe(z.boolean()),
    irreversible: maybe(texts),
    unrecoverable: maybe(z.array(unrecoverable)),
    switchedOff: maybe(z.array(switchedOff)),
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

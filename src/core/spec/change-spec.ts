import { z } from 'zod';
import { ASKED_ACTIONS, FORCED_ACTIONS } from '../actions/table.ts';
import { contradictions } from '../messages/contradictions.ts';
import type { Json } from '../model/model.ts';
import { changeProblems } from './change-checks.ts';
import { dataDisks } from './disk-spec.ts';
import { IMAGE_ID } from './resource-ids.ts';

const jsonValue: z.ZodType<Json> = z.json();

const NAME = /^[A-Za-z0-9][\w.-]{0,79}$/;

const imageVersion = z
  .string()
  .toLowerCase()
  .regex(/^(latest|\d+\.\d+\.\d+)$/, 'must be latest or major.minor.patch');
const imageName = (of: string) => z.string().regex(NAME, `must be the name of an image ${of}`);

const image = z.union(
  [
    z.strictObject({ version: imageVersion }),
    z.strictObject({ sku: imageName('sku'), version: imageVersion.optional() }),
    z.strictObject({
      publisher: imageName('publisher'),
      offer: imageName('offer'),
      sku: imageName('sku'),
      version: imageVersion.optional(),
    }),
    z.strictObject({
      id: z.string().regex(IMAGE_ID, 'must be the resource id of an image or a gallery image version'),
    }),
    z.strictObject({ uri: z.url({ protocol: /^https$/, error: 'must be an https URL' }) }),
  ],
  {
    error:
      'must be one of { version }, { sku, version? }, { publisher, offer, sku, version? }, { id }, { uri }',
  },
);

const extension = z.strictObject({
  name: z.string().regex(NAME, 'must be the name of an extension'),
  settings: z.record(z.string(), jsonValue).optional(),
  protectedSettings: z.record(z.string(), jsonValue).optional(),
  forceUpdateTag: z.string().max(256).optional(),
});

const osProfile = z.strictObject({
  customData: z.string().max(87_380).optional(),
  adminUsername: z.string().min(1).max(64).optional(),
  adminPassword: z.string().min(1).max(123).optional(),
});

const assignments = z.record(z.string().min(1).max(512), jsonValue);

/** For several values of one list, which a map cannot hold. */
const additions = z
  .array(z.strictObject({ path: z.string().min(1).max(512), value: jsonValue }))
  .min(1)
  .max(100);

/** What a rollout changes: in the model, by a forced action, or on the disks of single instances. */
export const change = z
  .strictObject({
    image: image.optional(),
    vmSize: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,80}$/, 'must be the name of a size')
      .optional(),
    extensions: z.array(extension).min(1).max(32).optional(),
    osProfile: osProfile.optional(),
    set: assignments.optional(),
    add: z
      .union([assignments, additions], { error: 'must map paths to values, or list { path, value }' })
      .optional(),
    remove: z.array(z.string().min(1).max(512)).min(1).max(100).optional(),
    force: z.enum(FORCED_ACTIONS).optional(),
    dataDisks: dataDisks.optional(),
    action: z.enum(['upgrade', ...ASKED_ACTIONS]).optional(),
    capacity: z.int().min(0).max(1000).optional(),
  })
  .refine(({ dataDisks: disks, force }) => disks === undefined || force === undefined, {
    path: ['force'],
    error: 'does not go with dataDisks: force it in a rollout of its own',
  })
  .superRefine((given, context) => {
    const [first] = (['action', 'capacity'] as const).filter((field) => given[field] !== undefined);
    const others = Object.keys(given).filter((field) => field !== first);
    for (const field of first === undefined ? [] : others) {
      context.addIssue({ code: 'custom', path: [field], message: contradictions.notBeside(first ?? '') });
    }
    for (const { path, message } of changeProblems(given)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

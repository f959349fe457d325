import { z } from 'zod';

const tags = z.record(z.string(), z.array(z.string()));

export const Policy = z.looseObject({
  policy: z.looseObject({
    allowedScopes: z.array(z.string()).nullish(),
    allowedTags: tags.nullish(),
    rules: z
      .array(z.looseObject({ name: z.string(), scopes: z.array(z.string()).nullish(), tags: tags.nullish() }))
      .nullish(),
  }),
});
export type Policy = z.infer<typeof Policy>;

export const Freeze = z.looseObject({
  frozen: z.boolean(),
  by: z.string().nullish(),
  since: z.string().nullish(),
  reason: z.string().nullish(),
  acts: z
    .array(z.looseObject({ kind: z.string(), by: z.string(), at: z.string(), reason: z.string() }))
    .nullish(),
});
export type Freeze = z.infer<typeof Freeze>;

import { z } from 'zod';
import { maybe, schemaOf, text, time } from '../../core/model/schemas.ts';
import type { Operation } from '../../core/record/operation.ts';
import { operation as told, seconds } from '../../core/record/schemas.ts';

export const operation = schemaOf<Operation>()(
  z.strictObject({
    ...told.shape,
    acceptedSeconds: maybe(seconds),
    pollUrl: maybe(text),
    polledAt: maybe(time),
    pollNotBefore: maybe(time),
  }),
);

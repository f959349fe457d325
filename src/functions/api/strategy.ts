import { z } from 'zod';
import { count, maybe, text, time } from '../../core/model/schemas.ts';
import { NamedStrategy } from '../../core/spec/named-strategy.ts';
import { orNull } from './parts.ts';

const standing = {
  name: text,
  strategy: NamedStrategy,
  number: count,
  by: text,
  at: time,
  reason: maybe(text),
};

export const Strategies = z.strictObject({ value: z.array(z.strictObject(standing)) });

export const StrategyView = z.strictObject({
  ...standing,
  versions: z.array(
    z.strictObject({
      number: count,
      by: text,
      at: time,
      reason: maybe(text),
      strategy: orNull(NamedStrategy),
    }),
  ),
});

/** After it was set; its versions are told to whoever asks. */
export const StrategyState = z.strictObject({ name: text, number: count, strategy: NamedStrategy });

export const StrategyDeleted = z.strictObject({ name: text });

import { z } from 'zod';
import { count, maybe, text, time } from '../core/model/schemas.ts';
import { NamedStrategy } from '../core/spec/named-strategy.ts';
import type { Store } from './port.ts';
import { versionsOf } from './versions.ts';

/** One version of a named strategy, kept for ever. A version without a strategy has deleted it. */
const format = z.strictObject({
  name: text,
  number: count,
  by: text,
  at: time,
  reason: maybe(text),
  strategy: maybe(NamedStrategy),
});
export type StrategyVersion = Readonly<z.infer<typeof format>>;

const versions = versionsOf<StrategyVersion>({ table: 'schedules', partition: 'strategies', format });

export const {
  read: readStrategy,
  readVersion: readStrategyVersion,
  listVersions: listStrategyVersions,
  replace: replaceStrategy,
} = versions;

/** Every strategy as it stands, by name, without those that were deleted. */
export async function listStrategies(store: Store): Promise<readonly StrategyVersion[]> {
  return (await versions.list(store)).filter(({ strategy }) => strategy !== undefined);
}

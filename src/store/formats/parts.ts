import { z } from 'zod';
import { ACTION_NAMES } from '../../core/actions/table.ts';
import type { InstanceAction } from '../../core/actions/table.ts';
import type { Off } from '../../core/instance/power.ts';
import type { GuardName } from '../../core/record/rollout.ts';
import type { Direction } from '../../core/record/rollout.ts';
import { formatOf } from './format.ts';

export const text = z.string();
export const texts = z.array(z.string());
export const count = z.int().nonnegative();
/** A reading of the active clock. */
export const seconds = z.number();
/** ISO 8601, as the app writes it. */
export const time = z.string();

/** Present only where it is so. */
export const flag = z.exactOptional(z.literal(true));

/** May be left out; never there without a value. */
export const maybe = <T extends z.ZodType>(schema: T): z.ZodExactOptional<T> => z.exactOptional(schema);

export const direction = formatOf<Direction>()(z.enum(['forward', 'rollback', 'stop']));

export const action = formatOf<InstanceAction>()(z.enum(ACTION_NAMES));

export const off = formatOf<Off>()(z.enum(['deallocated', 'stopped']));

export const guardName = formatOf<GuardName>()(
  z.enum(['upgradePolicy', 'automaticRepairs', 'automaticOsUpgrade']),
);

export const error = z.strictObject({ code: text, message: text });

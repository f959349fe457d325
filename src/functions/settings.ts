import { z } from 'zod';
import { parseEndpoint } from '../azure/endpoint.ts';
import { fieldErrors } from '../core/spec/spec.ts';
import type { FieldError } from '../core/spec/spec.ts';

const given = z.string().min(1, 'must not be empty').optional();

function whole(least: number, most: number, fallback: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce
    .number({ error })
    .int({ error })
    .min(least, { error })
    .max(most, { error })
    .default(fallback);
}

const seconds = (fallback: number) => whole(1, 3600, fallback);

const Settings = z
  .object({
    AzureWebJobsStorage: given,
    AzureWebJobsStorage__accountName: z
      .string()
      .regex(/^[a-z0-9]{3,24}$/, 'must be 3 to 24 lower-case letters or digits')
      .optional(),
    AZURE_CLIENT_ID: given,
    ROLLOUT_ARM_ENDPOINT: z
      .string()
      .refine(isEndpoint, 'must be https, or http on this machine, with a host and nothing after it')
      .optional(),
    ROLLOUT_IDENTITY: z
      .enum(['local', 'authenticated'], { error: 'must be local or authenticated' })
      .default('authenticated'),
    ROLLOUT_POLL_SECONDS: seconds(10),
    ROLLOUT_VIEW_LAG_SECONDS: seconds(30),
    ROLLOUT_REQUEST_TIMEOUT_SECONDS: seconds(30),
    ROLLOUT_CACHE_SECONDS: whole(0, 300, 5),
    ROLLOUT_MAX_INSTANCE_IDS: whole(1, 100, 100),
  })
  .refine(
    (found) =>
      found.AzureWebJobsStorage !== undefined || found.AzureWebJobsStorage__accountName !== undefined,
    {
      path: ['AzureWebJobsStorage'],
      message: 'one of AzureWebJobsStorage and AzureWebJobsStorage__accountName is needed',
    },
  );
export type Settings = z.infer<typeof Settings>;

const NAMES = new Set(Object.keys(Settings.shape));

/** What is wrong with the app settings: each by its name, never with its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super(`wrong app settings: ${errors.map(({ path, message }) => `${path}: ${message}`).join('; ')}`);
    this.errors = errors;
  }
}

/** Reads the app settings, all of them at start. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const unknown = Object.keys(env).filter((name) => name.startsWith('ROLLOUT_') && !NAMES.has(name));
  const parsed = Settings.safeParse(env);
  const errors = [
    ...unknown.map((path) => ({ path, message: 'unknown app setting' })),
    ...(parsed.success ? [] : fieldErrors(parsed.error)),
  ];
  if (errors.length > 0 || !parsed.success) throw new SettingsError(errors);
  return parsed.data;
}

function isEndpoint(text: string): boolean {
  try {
    return parseEndpoint(text).origin !== '';
  } catch {
    return false;
  }
}

import { z } from 'zod';
import { fieldErrors } from '../core/spec/spec.ts';

const seconds = (fallback: number) => z.coerce.number().int().min(1).max(3600).default(fallback);

const Settings = z
  .object({
    AzureWebJobsStorage: z.string().min(1).optional(),
    AzureWebJobsStorage__accountName: z.string().min(1).optional(),
    AZURE_CLIENT_ID: z.string().min(1).optional(),
    ROLLOUT_ARM_ENDPOINT: z.url().optional(),
    ROLLOUT_IDENTITY: z.enum(['local', 'authenticated']).default('authenticated'),
    ROLLOUT_POLL_SECONDS: seconds(10),
    ROLLOUT_VIEW_LAG_SECONDS: seconds(30),
    ROLLOUT_REQUEST_TIMEOUT_SECONDS: seconds(30),
    ROLLOUT_CACHE_SECONDS: z.coerce.number().int().min(0).max(300).default(5),
    ROLLOUT_MAX_INSTANCE_IDS: z.coerce.number().int().min(1).max(100).default(100),
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

/** Reads the app settings, all of them at start; an error names each wrong one, never its value. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const unknown = Object.keys(env).filter((name) => name.startsWith('ROLLOUT_') && !NAMES.has(name));
  if (unknown.length > 0) throw new Error(`unknown app settings: ${unknown.join(', ')}`);
  const parsed = Settings.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = fieldErrors(parsed.error).map(({ path, message }) => `${path}: ${message}`);
  throw new Error(`wrong app settings: ${problems.join('; ')}`);
}

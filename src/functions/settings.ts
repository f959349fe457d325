import { z } from 'zod';
import { parseEndpoint } from '../azure/endpoint.ts';
import { CLOUD_NAMES, CLOUDS } from '../azure/cloud.ts';
import { settings as words } from '../core/messages/settings.ts';
import { SECRET_SETTING } from '../core/notices/settings.ts';
import { ACTIVITY_SECONDS, LONGEST_REQUEST_SECONDS, timesHold } from '../core/record/times.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import type { FieldError } from '../core/spec/field-errors.ts';
import { isLocalUrl, refuseOffMachine } from './premises.ts';

const KEY_ID = /^[\w-]{1,20}$/;
const KEY_SECRET = /^[\w+/=.~-]{32,512}$/;

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

/** `id:secret`, newest first; Key Vault's reference stands there instead where it could not be resolved. */
const encryptionKeys = z
  .string({ error: words.needsEncryptionKeys })
  .min(1, words.needsEncryptionKeys)
  .refine((text) => !text.startsWith('@Microsoft.KeyVault'), words.unresolvedReference)
  .transform((text) =>
    text.split(',').map((one) => {
      const [id = '', secret = '', ...more] = one.trim().split(':');
      return { id, secret: more.length > 0 ? '' : secret };
    }),
  )
  .refine(
    (keys) => keys.every(({ id, secret }) => KEY_ID.test(id) && KEY_SECRET.test(secret)),
    words.wrongKeys,
  )
  .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, words.sameKeyIds);

const guid = z.guid('must be a GUID').toLowerCase().optional();

const seconds = (fallback: number) => whole(1, 3600, fallback);

/** Of a service that may run many times as fast as Azure: its pace is counted in parts of a second. */
function pace(fallback: number) {
  const error = 'must be a number from 0.1 to 3600';
  return z.coerce.number({ error }).min(0.1, { error }).max(3600, { error }).default(fallback);
}

const Settings = z
  .object({
    AzureWebJobsStorage: given,
    AzureWebJobsStorage__accountName: z
      .string()
      .regex(/^[a-z0-9]{3,24}$/, 'must be 3 to 24 lower-case letters or digits')
      .optional(),
    AZURE_CLIENT_ID: given,
    OTEL_EXPORTER_OTLP_ENDPOINT: z.string().refine(isCollector, words.collector).optional(),
    OTEL_METRIC_EXPORT_INTERVAL: whole(1000, 3_600_000, 60_000),
    OTEL_SERVICE_NAME: z.string().min(1).max(100).default('vmss-rollout'),
    ROLLOUT_ARM_ENDPOINT: z
      .string()
      .refine(isEndpoint, 'must be https, or http on this machine, with a host and nothing after it')
      .optional(),
    ROLLOUT_AUTH: z.enum(['entra', 'off'], { error: 'must be entra or off' }).default('entra'),
    ROLLOUT_TENANT: guid,
    ROLLOUT_AUDIENCE: guid,
    ROLLOUT_CLOUD: z
      .enum(CLOUD_NAMES, { error: `must be one of ${CLOUD_NAMES.join(', ')}` })
      .default('public'),
    ROLLOUT_AUTHORITY: z.string().refine(isLocalUrl, 'must be an issuer on this machine').optional(),
    ROLLOUT_KEY: z
      .enum(['optional', 'required'], { error: 'must be optional or required' })
      .default('optional'),
    ROLLOUT_ENCRYPTION_KEYS: encryptionKeys,
    ROLLOUT_LOCAL_TARGETS: z
      .enum(['refused', 'allowed'], { error: 'must be refused or allowed' })
      .default('refused'),
    ROLLOUT_PAGE_URL: z.string().refine(isPage, words.page).optional(),
    WEBSITE_HOSTNAME: z.string().optional(),
    ROLLOUT_POLL_SECONDS: pace(10),
    ROLLOUT_VIEW_LAG_SECONDS: pace(30),
    ROLLOUT_REQUEST_TIMEOUT_SECONDS: seconds(30),
    ROLLOUT_CACHE_SECONDS: whole(0, 300, 10),
    ROLLOUT_MAX_INSTANCE_IDS: whole(1, 100, 100),
    ROLLOUT_RETENTION_DAYS: whole(1, 3650, 90),
    ROLLOUT_STARTS_PER_MINUTE: whole(1, 10_000, 60),
    ROLLOUT_COMMANDS_PER_MINUTE: whole(1, 10_000, 240),
    ROLLOUT_PLANS_PER_MINUTE: whole(1, 10_000, 120),
    ROLLOUT_OPEN_PER_CALLER: whole(1, 10_000, 200),
    ROLLOUT_OPEN_PER_SUBSCRIPTION: whole(1, 10_000, 500),
    ROLLOUT_MISSING_PER_HOUR: whole(1, 1000, 20),
  })
  .refine(
    (found) =>
      found.AzureWebJobsStorage !== undefined || found.AzureWebJobsStorage__accountName !== undefined,
    {
      path: ['AzureWebJobsStorage'],
      message: 'one of AzureWebJobsStorage and AzureWebJobsStorage__accountName is needed',
    },
  )
  .refine((found) => timesHold({ requestTimeoutSeconds: found.ROLLOUT_REQUEST_TIMEOUT_SECONDS }), {
    path: ['ROLLOUT_REQUEST_TIMEOUT_SECONDS'],
    message: words.requestTooLong(LONGEST_REQUEST_SECONDS, ACTIVITY_SECONDS),
  });
export type Settings = z.infer<typeof Settings>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What targets of notices refer to, by name; one that Key Vault did not return is none, and keeps no rollout from its
 * work.
 */
export function readNoticeSecrets(env: Environment): Readonly<Record<string, string>> {
  const isGiven = ([name, value = '']: readonly [string, string | undefined]): boolean =>
    SECRET_SETTING.test(name) && value !== '' && !value.startsWith('@Microsoft.KeyVault');
  return Object.fromEntries(Object.entries(env).filter(isGiven)) as Record<string, string>;
}

const NAMES = new Set(Object.keys(Settings.shape));

const ABOUT_CALLERS: ReadonlySet<string> = new Set([
  'ROLLOUT_AUTH',
  'ROLLOUT_TENANT',
  'ROLLOUT_AUDIENCE',
  'ROLLOUT_AUTHORITY',
]);

/** What is wrong with the app settings: each by its name, never with its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly errors: readonly FieldError[];
  /** Nothing is wrong but that nobody could be let in. */
  readonly isAboutCallers: boolean;

  constructor(errors: readonly FieldError[]) {
    super(`wrong app settings: ${errors.map(({ path, message }) => `${path}: ${message}`).join('; ')}`);
    this.errors = errors;
    this.isAboutCallers = errors.every(({ path }) => ABOUT_CALLERS.has(path));
  }
}

/** Reads the app settings, all of them at start. */
export function readSettings(env: Environment): Settings {
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith('ROLLOUT_') && !NAMES.has(name) && !SECRET_SETTING.test(name),
  );
  const parsed = Settings.safeParse(env);
  const errors = [
    ...unknown.map((path) => ({ path, message: 'unknown app setting' })),
    ...(parsed.success ? contradictions(parsed.data, env) : fieldErrors(parsed.error)),
  ];
  if (errors.length > 0 || !parsed.success) throw new SettingsError(errors);
  return parsed.data;
}

/** What does not go together, or not here. */
function contradictions(settings: Settings, env: Environment): readonly FieldError[] {
  const { ROLLOUT_AUTH, ROLLOUT_AUTHORITY, ROLLOUT_ARM_ENDPOINT: arm, ROLLOUT_CLOUD } = settings;
  if (ROLLOUT_AUTH === 'off') return refuseOffMachine('ROLLOUT_AUTH', env, settings);
  const targets = settings.ROLLOUT_LOCAL_TARGETS;
  const needed = (['ROLLOUT_TENANT', 'ROLLOUT_AUDIENCE'] as const).filter(
    (name) => settings[name] === undefined,
  );
  const isForeign =
    arm !== undefined && !isLocalUrl(arm) && new URL(arm).origin !== CLOUDS[ROLLOUT_CLOUD].arm;
  return [
    ...needed.map((path) => ({ path, message: words.needed })),
    ...(isForeign ? [{ path: 'ROLLOUT_ARM_ENDPOINT', message: words.foreignArm }] : []),
    ...(ROLLOUT_AUTHORITY === undefined ? [] : refuseOffMachine('ROLLOUT_AUTHORITY', env, settings)),
    ...(targets === 'refused' ? [] : refuseOffMachine('ROLLOUT_LOCAL_TARGETS', env, settings)),
  ];
}

/** Telemetry names people and machines: it leaves by https, or stays on this machine. */
function isCollector(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || isLocalUrl(text));
}

/** Links to it stand in notices. */
function isPage(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || isLocalUrl(text)) && url.search + url.hash === '';
}

function isEndpoint(text: string): boolean {
  try {
    return parseEndpoint(text).origin !== '';
  } catch {
    return false;
  }
}

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { usage } from '../messages/usage.ts';
import { connection as words } from '../messages/connection.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const SIGN_INS = ['auto', 'az', 'managedIdentity', 'workloadIdentity', 'deviceCode'] as const;

const Named = z.strictObject({
  url: z.string().optional(),
  tenant: z.guid(words.noTenant).optional(),
  audience: z
    .string()
    .regex(/^[\w:/.-]+$/, words.noAudience)
    .optional(),
  signIn: z.enum(SIGN_INS, { error: words.noSignIn(SIGN_INS) }).optional(),
});
/** Which app a command talks to, and how it signs in there. */
export type Connection = z.infer<typeof Named>;

const FLAGS: Readonly<Record<string, keyof Connection>> = {
  '--url': 'url',
  '--tenant': 'tenant',
  '--audience': 'audience',
  '--sign-in': 'signIn',
};

const VARIABLES = {
  url: 'VMSS_ROLLOUT_URL',
  tenant: 'VMSS_ROLLOUT_TENANT',
  audience: 'VMSS_ROLLOUT_AUDIENCE',
  signIn: 'VMSS_ROLLOUT_SIGN_IN',
} as const satisfies Record<keyof Connection, string>;

/** Takes the flags of the connection out of a command line, wherever they stand before `--`. */
export function takeFlags(argv: readonly string[]): {
  readonly rest: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
} {
  const rest: string[] = [];
  const flags: Record<string, string> = {};
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return { rest: [...rest, ...argv.slice(at)], flags };
    const [name = '', inline] = word.split(/=(.*)/s);
    const field = FLAGS[name];
    if (field === undefined) {
      rest.push(word);
      continue;
    }
    const value = inline ?? argv[(at += 1)];
    if (value === undefined || value === '') throw new UsageError(usage.missingValue(name));
    flags[field] = value;
  }
  return { rest, flags };
}

/** From the flags, else the environment, else the file; what is wrong is named with where it stands. */
export function readConnection(
  flags: Readonly<Record<string, string>>,
  env: Environment,
  file: string = configFile(env),
): Connection {
  const fromEnv = Object.fromEntries(
    Object.entries(VARIABLES).flatMap(([field, name]) => {
      const value = env[name]?.trim() ?? '';
      return value === '' ? [] : [[field, value]];
    }),
  );
  return {
    ...checked(readFile(file), file),
    ...checked(fromEnv, words.environment),
    ...checked(flags, words.commandLine),
  };
}

function checked(given: unknown, where: string): Connection {
  const parsed = Named.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(words.wrongSetting(where, [...(issue?.path ?? [])].join('.'), issue?.message));
}

function configFile(env: Environment): string {
  const folder = env['XDG_CONFIG_HOME'] ?? '';
  return join(folder === '' ? join(homedir(), '.config') : folder, 'vmss-rollout', 'config.yaml');
}

function readFile(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    if (error instanceof YAMLParseError)
      throw new UsageError(usage.notYaml(file, error.message.split('\n')[0] ?? ''));
    throw new UsageError(usage.unreadable(file, error instanceof Error ? error.message : String(error)));
  }
}

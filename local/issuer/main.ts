import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { AUDIENCE, TENANT, USUAL_ROLES } from './tokens.ts';
import { startIssuer } from './server.ts';

interface TokenOptions {
  readonly url: string;
  readonly user?: string;
  readonly application?: string;
  readonly role: readonly string[];
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Write a port, 0 to 65535.');
  return port;
}

function parseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new InvalidArgumentError('Write the address that npm run issuer prints.');
  return url.origin;
}

async function serve(port: number): Promise<void> {
  const issuer = await startIssuer(port);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void issuer.close().then(() => process.exit(0)));
  }
  console.log(`tenant ${TENANT}, audience ${AUDIENCE}`);
  console.log(`ready ${issuer.url}`);
}

/** Prints one token, and nothing else. */
async function printToken({ url, user, application, role }: TokenOptions): Promise<void> {
  const answer = await fetch(`${url}/${TENANT}/local/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, application, roles: role.length === 0 ? USUAL_ROLES : role }),
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  console.log(((await answer.json()) as { readonly access_token: string }).access_token);
}

const program = new Command('npm run issuer --')
  .description(
    'Issues tokens on this machine, as Microsoft Entra does, to whoever asks: for tries and tests.',
  )
  .option('--port <port>', 'where it answers (default: a free one)', parsePort, 0)
  .exitOverride()
  .action(({ port }: { readonly port: number }) => serve(port));
program
  .command('token')
  .description('prints a token of an issuer that runs')
  .requiredOption('--url <url>', 'the address that the issuer printed', parseUrl)
  .option('--user <name>', 'of a person')
  .option('--application <name>', 'of an application, as a pipeline has it')
  .option(
    '--role <name>',
    `a role in it (repeatable; default: ${USUAL_ROLES.join(', ')})`,
    (name: string, all: readonly string[]) => [...all, name],
    [],
  )
  .action((options: TokenOptions) => printToken(options));

try {
  await program.parseAsync();
} catch (error) {
  const isUsage = error instanceof CommanderError;
  if (!isUsage) console.error(`no token: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = isUsage ? (error.exitCode === 0 ? 0 : 2) : 1;
}

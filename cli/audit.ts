import type { z } from 'zod';
import { call, type Call } from '../client/call.ts';
import { AuditExport, AuditPage, Anchors, faultsIn } from './audit-chain.ts';
import { read } from './api/client.ts';
import type { CliCommand, CliFamily } from './command.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';
import { EXIT } from './exit-codes.ts';
import { rolloutIdOf } from './find/rollout-id.ts';
import { audit as words } from './messages/audit.ts';
import { readJsonFile } from './spec/json-file.ts';

interface AuditOptions {
  readonly rollout?: string;
}

const ofRollout = ['--rollout <id>', words.ofRollout] as const;

const verify: CliCommand<AuditOptions> = {
  name: 'verify',
  summary: 'check that nobody has changed the audit',
  examples: ['audit verify', 'audit verify --rollout 7f3c', 'audit verify audit.json'],
  define: (command) =>
    command
      .argument('[file]', 'an export, "-" reads standard input; without it, what the app has now')
      .option(...ofRollout),
  async run({ args: [file], options: { rollout } }, context) {
    if (file !== undefined && rollout !== undefined) throw new UsageError(words.fileOrApp);
    const all =
      file === undefined
        ? await exported(context, await named(context, rollout))
        : await readExport(file, context);
    const faults = faultsIn(all);
    for (const fault of faults) context.out(`${fault}\n`);
    const chains = new Set(all.records.map(({ chain }) => chain)).size;
    const seen = words.seen({ records: all.records.length, chains, anchors: all.anchors.length });
    context.out(`${faults.length === 0 ? words.whole(seen) : words.broken(seen)}\n`);
    return faults.length === 0 ? EXIT.done : EXIT.failed;
  },
};

const exporting: CliCommand<AuditOptions> = {
  name: 'export',
  summary: 'write the whole audit as JSON, with all that verify needs',
  examples: ['audit export > audit.json', 'audit export --rollout @latest'],
  define: (command) => command.option(...ofRollout),
  async run({ options: { rollout } }, context) {
    context.out(`${JSON.stringify(await exported(context, await named(context, rollout)), null, 2)}\n`);
    return EXIT.done;
  },
};

export const audit: CliFamily = {
  name: 'audit',
  summary: 'check that nobody has changed who did what, or export it',
  members: [verify, exporting],
};

async function readExport(file: string, context: Context): Promise<AuditExport> {
  const parsed = AuditExport.safeParse(await readJsonFile(file, context));
  if (!parsed.success) throw new UsageError(words.noExport(file));
  return parsed.data;
}

/** The rollout may be named in fewer letters here, too. */
async function named(context: Context, rollout: string | undefined): Promise<string | undefined> {
  return rollout === undefined ? undefined : rolloutIdOf(context, rollout);
}

/** The anchors first: the chains can only have gone on since. */
async function exported(context: Context, rollout: string | undefined): Promise<AuditExport> {
  const anchors: AuditExport['anchors'] = [];
  let more: Call<'getAnchors'> | undefined = call('getAnchors', { query: { top: 100 } });
  while (more !== undefined) {
    const { value, nextLink }: z.infer<typeof Anchors> = await read(context, more, Anchors);
    anchors.push(...value);
    more = next(more, nextLink);
  }
  const all: AuditExport = { ...(rollout !== undefined && { rollout }), records: [], heads: [], anchors };
  let page: Call<'getAudit'> | undefined = call('getAudit', { query: { rollout } });
  while (page !== undefined) {
    const { value, heads, nextLink }: z.infer<typeof AuditPage> = await read(context, page, AuditPage);
    all.records.push(...value);
    all.heads.push(...heads);
    page = next(page, nextLink);
  }
  return all;
}

/** From the link its query alone: the next page comes from where the first one came. */
function next<T extends Call<'getAudit'> | Call<'getAnchors'>>(
  page: T,
  link: string | null | undefined,
): T | undefined {
  if (link === undefined || link === null) return undefined;
  const [path = ''] = page.path.split('?');
  return { ...page, path: `${path}${new URL(link, 'http://app').search}` };
}

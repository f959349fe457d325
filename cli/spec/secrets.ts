import { readFile } from 'node:fs/promises';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { usage } from '../messages/usage.ts';
import { defined, fieldsOf, type Fields } from './fields.ts';
import { readJsonFile, readTextFile, whyUnreadable } from './json-file.ts';
import type { SpecOptions } from './options.ts';

/** What flags name a file for: it is long, or a secret, which every user of the machine could read from a command line. */
export async function changeFromFiles(options: SpecOptions, context: Context): Promise<Fields> {
  const { customData, adminUsername, adminPasswordFile } = options;
  const change = defined({
    extensions: await extensionsOf(options, context),
    osProfile: defined({
      customData: customData && (await readFile64(customData)),
      adminUsername,
      adminPassword:
        adminPasswordFile && (await readTextFile(adminPasswordFile, context)).replace(/\r?\n$/, ''),
    }),
  });
  return change === undefined ? {} : { change };
}

async function extensionsOf(
  { extension = [], rerunExtension = [] }: SpecOptions,
  context: Context,
): Promise<readonly Fields[] | undefined> {
  const byName = new Map<string, Fields>();
  for (const [name, file] of extension) {
    const settings = fieldsOf(await readJsonFile(file, context));
    if (settings === undefined) throw new UsageError(usage.noObject(file));
    byName.set(name, { name, ...settings });
  }
  for (const [name, tag] of rerunExtension)
    byName.set(name, { ...byName.get(name), name, forceUpdateTag: tag });
  return byName.size === 0 ? undefined : [...byName.values()];
}

async function readFile64(file: string): Promise<string> {
  try {
    return await readFile(file, 'base64');
  } catch (error) {
    throw new UsageError(usage.unreadable(file, whyUnreadable(error)), { cause: error });
  }
}

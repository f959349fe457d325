import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { shapes, type Plan, type Rollout } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { ApiError, UsageError } from '../errors.ts';
import { markdownOf } from './markdown.ts';
import { reportOf } from './report.ts';
import { usage } from '../messages/usage.ts';
import { done } from '../messages/done.ts';

export interface ReportFiles {
  readonly markdown?: string;
  readonly json: string;
}

/** `x.json` is JSON alone; anything else is Markdown, with the JSON beside it. */
export function reportFiles(file: string): ReportFiles {
  const extension = extname(file);
  if (extension.toLowerCase() === '.json') return { json: file };
  return { markdown: file, json: `${file.slice(0, file.length - extension.length)}.json` };
}

/** Says early what would go wrong late, when a long rollout has ended. */
export async function checkFiles({ markdown, json }: ReportFiles): Promise<void> {
  for (const file of [markdown, json]) {
    if (file === undefined) continue;
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined && !found.isFile()) {
      throw new UsageError(usage.noReport(file, found.isDirectory() ? usage.isDirectory : usage.isNoFile));
    }
    const folder = await stat(dirname(file)).catch(() => undefined);
    if (folder?.isDirectory() !== true) throw new UsageError(usage.noFolder(dirname(file)));
  }
}

/** Reads all that there is to say, and writes it; an earlier report of the same name is replaced whole. */
export async function writeReport(context: Context, rollout: Rollout, files: ReportFiles): Promise<void> {
  const path = { id: rollout.id };
  const plan = await planOf(context, rollout.id);
  const { value: instances } = await read(context, call('getInstances', { path }), shapes.Instances);
  const { value: events } = await read(context, call('getEvents', { path }), shapes.Events);
  const madeAt = new Date(context.clock.now()).toISOString();
  const report = reportOf({ rollout, plan, instances, events }, madeAt);
  if (files.markdown !== undefined) await replaceFile(files.markdown, markdownOf(report));
  await replaceFile(files.json, `${JSON.stringify(report, null, 2)}\n`);
  const written = [files.markdown, files.json].filter((file) => file !== undefined);
  context.err(`${done.reportWritten(written)}\n`);
}

/** A rollout that was refused, or is still being planned, has none. */
async function planOf(context: Context, id: string): Promise<Plan | undefined> {
  try {
    return await read(context, call('getPlan', { path: { id } }), shapes.Plan);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  try {
    await writeFile(fresh, text);
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(usage.noReport(file, usage.notWritten(why)));
  }
}

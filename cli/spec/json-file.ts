import { readFile } from 'node:fs/promises';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { usage } from '../messages/usage.ts';

/** Reads a file of JSON, `-` standard input; whatever is wrong with it is wrong usage. */
export async function readJsonFile(file: string, context: Context): Promise<unknown> {
  return parseJson(await readTextFile(file, context), nameOfFile(file));
}

/** The text of a file, `-` standard input. */
export async function readTextFile(file: string, context: Context): Promise<string> {
  return file === '-' ? context.readStdin() : readText(file);
}

/** What a file is called in a message. */
export function nameOfFile(file: string): string {
  return file === '-' ? usage.standardInput : file;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(usage.unreadable(file, whyUnreadable(error)), { cause: error });
  }
}

/** What people say to the codes of the system. */
export function whyUnreadable(error: unknown): string {
  const { code } = error as { readonly code?: string };
  return (code === undefined ? undefined : usage.systemFaults[code]) ?? wordsOf(error);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(usage.notJson(name, wordsOf(error)), { cause: error });
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { readFile } from 'node:fs/promises';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';

/** Reads a file of JSON, `-` standard input; whatever is wrong with it is wrong usage. */
export async function readJsonFile(file: string, context: Context): Promise<unknown> {
  const text = file === '-' ? await context.readStdin() : await readText(file);
  return parseJson(text, nameOfFile(file));
}

/** What a file is called in a message. */
export function nameOfFile(file: string): string {
  return file === '-' ? 'standard input' : file;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${wordsOf(error)}`, { cause: error });
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${wordsOf(error)}`, { cause: error });
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

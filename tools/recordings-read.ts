import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** One request of real traffic and its answer. */
export interface Exchange {
  readonly file: string;
  readonly index: number;
  readonly method: string;
  readonly url: URL;
  readonly text: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** When it was answered; milliseconds since the epoch. */
  readonly time: number;
}

const Cassette = z.object({
  interactions: z.array(
    z.object({
      request: z.object({ method: z.string(), uri: z.string(), body: z.unknown() }),
      response: z.object({
        status: z.object({ code: z.int() }),
        headers: z.record(z.string(), z.array(z.string())),
        body: z.object({ string: z.unknown() }),
      }),
    }),
  ),
});

/** Reads a recording of the azure-cli test suite. */
export function readRecording(path: string): Exchange[] {
  const { interactions } = Cassette.parse(parse(readFileSync(path, 'utf8')));
  let last = 0;
  return interactions.map(({ request, response }, index) => {
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, values]) => [name.toLowerCase(), values.join(', ')]),
    );
    last = Math.max(last, Date.parse(headers['date'] ?? '') || last);
    return {
      file: basename(path),
      index,
      headers,
      method: request.method,
      url: new URL(request.uri),
      text: typeof request.body === 'string' ? request.body : '',
      status: response.status.code,
      body: readBody(response.body.string),
      time: last,
    };
  });
}

function readBody(text: unknown): unknown {
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

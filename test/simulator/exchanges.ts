import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Simulator } from '../../local/simulator/simulator.ts';

/** A request and its answer, as the specification is asked about them. */
export interface RecordedExchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
}

/** Names the folder into which a run of the tests writes every exchange. */
export const EXCHANGES_VARIABLE = 'SIMULATOR_EXCHANGES';

/** A simulator whose exchanges are written down where the environment asks for it. */
export function written(simulator: Simulator): Simulator {
  const folder = process.env[EXCHANGES_VARIABLE];
  if (folder === undefined) return simulator;
  const file = join(folder, `${process.pid}.jsonl`);
  const fetch = async (request: Request): Promise<Response> => {
    const copy = request.clone();
    const response = await simulator.fetch(request);
    const exchange: RecordedExchange = {
      method: copy.method,
      url: copy.url,
      requestHeaders: Object.fromEntries(copy.headers),
      requestBody: await copy.text(),
      status: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: await response.clone().text(),
    };
    appendFileSync(file, `${JSON.stringify(exchange)}\n`);
    return response;
  };
  return Object.create(simulator, { fetch: { value: fetch } }) as Simulator;
}

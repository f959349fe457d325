import { z } from 'zod';
import { malformedBody, invalidParameter } from '../errors/catalogue.ts';
import type { OperationKind } from '../operations/table.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import type { Operation } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';

/** What is read of a request's headers; names in any case. */
export interface AskedHeaders {
  get(name: string): string | null;
}

/** What faults look at in a request. */
export interface RequestTraits {
  readonly operation: OperationKind;
  readonly scaleSet: string | undefined;
  readonly instances: readonly string[];
  readonly requestId: string;
}

/** A request on its way to a handler. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: AskedHeaders;
  readonly text: string;
  readonly params: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  readonly traits: RequestTraits;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** On writes: what was accepted, and where. */
  readonly accepted?: { readonly set: ScaleSet; readonly operation?: Operation };
}

/** The body as a JSON object; the empty text counts as an empty object (arm-vmss.md 1.2). */
export function bodyOf(call: Call): JsonObject {
  const body = parseJson(call.text);
  if (!isObject(body)) throw malformedBody();
  return body;
}

/** Reads what is there without complaint, for the log and for faults. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const InstanceIds = z.array(z.string()).min(1);

export function instanceIdsOf(call: Call): string[] {
  const ids = InstanceIds.safeParse(bodyOf(call)['instanceIds']);
  if (!ids.success) {
    throw invalidParameter('instanceIds', "Required parameter 'instanceIds' is missing (null) or empty.");
  }
  return ids.data;
}

/** The ids of a body where they may be left out; then all instances are meant (arm-vmss.md 2). */
export function optionalInstanceIdsOf(call: Call): string[] | undefined {
  return bodyOf(call)['instanceIds'] === undefined ? undefined : instanceIdsOf(call);
}

/** A query option; clients write `$top`, `%24top` and sometimes both (arm-vmss.md 1.3). */
export function queryOf(call: Call, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of call.url.searchParams) if (key.toLowerCase() === wanted) return value;
  return undefined;
}

export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

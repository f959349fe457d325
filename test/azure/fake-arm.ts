import { createCompute } from '../../src/azure/arm.ts';
import type { ComputeSettings } from '../../src/azure/arm.ts';
import type { Compute, Pass, ScaleSetAddress } from '../../src/azure/port.ts';
import { createFetchClient } from '../lab/fetch-client.ts';
import type { Fetch } from '../lab/fetch-client.ts';

export const ADDRESS: ScaleSetAddress = {
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'shop',
  name: 'web',
};

/** Holds for ever: for tests of anything but the pass itself. */
export const PASS: Pass = { lookedAt: Number.POSITIVE_INFINITY };

export const ENDPOINT = 'http://127.0.0.1';
export const SCALE_SET_URL =
  `${ENDPOINT}/subscriptions/${ADDRESS.subscriptionId}/resourceGroups/shop` +
  '/providers/Microsoft.Compute/virtualMachineScaleSets/web';

/** The adapter on a service that answers as the test says, and every request that it received. */
export function aCompute(
  answer: Fetch,
  settings: ComputeSettings = {},
): { readonly compute: Compute; readonly requests: Request[] } {
  const requests: Request[] = [];
  const compute = createCompute({
    endpoint: ENDPOINT,
    clock: { now: () => Date.parse('2026-11-20T12:00:00Z') },
    httpClient: createFetchClient((request) => {
      requests.push(request.clone());
      return answer(request);
    }),
    ...settings,
  });
  return { compute, requests };
}

export function json(body: unknown, init: ResponseInit = {}): Response {
  return Response.json(body, init);
}

export function refusal(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json({ error: { code, message: `${code}, says the service` } }, { status, headers });
}

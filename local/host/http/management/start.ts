import { isTerminal } from '../../durable/wire/runtime-status.ts';
import { managementUrls } from './binding.ts';
import type { Asked } from './asked.ts';
import type { ManagementCall } from './call.ts';
import { json } from '../web/replies.ts';
import { readable } from './newtonsoft.ts';
import { invalidArgument, invalidJson } from './replies.ts';

/** POST orchestrators/{name}/{id?} (golden 5.1, 5.7, 5.8). The body is JSON whatever its content type says. */
export async function startOrchestration(
  call: ManagementCall,
  name: string,
  instanceId: string | undefined,
): Promise<Response> {
  let text = await call.request.text();
  try {
    if (text !== '') text = readable(text);
  } catch (error) {
    return invalidJson(error);
  }
  const patience = patienceOf(call.asked);
  const isNone = text === '' || (call.schema === 3 && text.trim() === 'null');
  const input = isNone ? null : text;
  const version = call.asked.text('version');
  const id = call.client.startWithJson(name, { instanceId, input, version });
  // Only now: what is refused is started all the same (measured on 3.19.0).
  if (patience !== undefined && patience.intervalSeconds > patience.timeoutSeconds) {
    const { timeoutSeconds, intervalSeconds } = patience;
    const refusal = `Total timeout ${timeoutSeconds} should be bigger than retry timeout ${intervalSeconds}`;
    return call.schema === 4 ? json(400, { Message: refusal }) : invalidArgument(refusal);
  }
  const ended = patience === undefined ? undefined : await waitForEnd(call, id, patience);
  return ended ?? startedReply(call, id);
}

interface Patience {
  readonly timeoutSeconds: number;
  readonly intervalSeconds: number;
}

/** Both parameters are needed, both as numbers; otherwise the answer is immediate. */
function patienceOf(asked: Asked): Patience | undefined {
  const timeoutSeconds = Number(asked.text('timeout') ?? Number.NaN);
  const intervalSeconds = Number(asked.text('pollingInterval') ?? Number.NaN);
  return Number.isNaN(timeoutSeconds + intervalSeconds) ? undefined : { timeoutSeconds, intervalSeconds };
}

async function waitForEnd(
  { client, sleep }: ManagementCall,
  id: string,
  { timeoutSeconds, intervalSeconds }: Patience,
): Promise<Response | undefined> {
  if (sleep === undefined) return undefined;
  for (let left = timeoutSeconds; ; left -= intervalSeconds) {
    const status = client.status(id);
    if (status !== undefined && isTerminal(status.runtimeStatus)) {
      return json(200, status.runtimeStatus === 'Completed' ? status.output : status);
    }
    if (left <= 0) return undefined;
    await sleep(Math.min(left, Math.max(intervalSeconds, 0.05)) * 1000);
  }
}

export function startedReply(call: ManagementCall, id: string): Response {
  const origin = new URL(call.request.url).origin;
  const inUrl = encodeURIComponent(id).replaceAll('%20', '+');
  const { rewindPostUri: _notOffered, ...urls } = managementUrls({ ...call.address(), origin }, inUrl);
  return json(202, { id, ...urls }, { location: urls.statusQueryGetUri, 'retry-after': '10' });
}

import { TRIGGERS, type AppFunction } from '../../host/worker/app/catalog.ts';
import { type FunctionApp } from '../../host/worker/app/function-app.ts';
import { errorOf } from '../../host/worker/core/invoke.ts';
import type { LogSink, TypedData } from '../../host/worker/core/types.ts';
import { callHttpFunction } from '../../host/http/functions/call-function.ts';
import { createHttpRouter } from '../../host/http/functions/http-trigger.ts';
import { empty, json } from '../../host/http/web/replies.ts';
import { dieIfAsked } from './death.ts';

export interface WorkerSettings {
  readonly app: FunctionApp;
  readonly log: LogSink;
  /** Read before each invocation; see `death.ts`. */
  readonly deathFile: string | undefined;
}

/** What the host asks for with `POST /_worker/invocations`. */
interface Asked {
  readonly name: string;
  readonly trigger: string;
  readonly input?: string | null;
  readonly instanceId?: string | null;
  /** JSON text for the function's durableClient input. */
  readonly client?: string;
}

/** A header of the host's own, with the text of the durableClient input in base64. */
const CLIENT_HEADER = 'x-worker-durable-client';

/** The worker's side: it tells which functions there are, runs those that are triggered, and serves the HTTP ones. */
export function createWorker({ app, log, deathFile }: WorkerSettings): {
  handle(request: Request): Promise<Response>;
} {
  const router = createHttpRouter(app);

  async function serve(request: Request): Promise<Response> {
    const found = router.find(request);
    if (found === undefined) return empty(404);
    dieIfAsked(deathFile, found.fn);
    const clientBinding = Buffer.from(request.headers.get(CLIENT_HEADER) ?? '', 'base64').toString();
    return callHttpFunction(app, found, { request, clientBinding, log });
  }

  return {
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/_worker/functions') return json(200, functionsOf(app));
      if (pathname === '/_worker/invocations')
        return invoke((await request.json()) as Asked, { app, deathFile });
      return serve(request);
    },
  };
}

async function invoke(
  asked: Asked,
  { app, deathFile }: Pick<WorkerSettings, 'app' | 'deathFile'>,
): Promise<Response> {
  const fn = TRIGGERS.map((type) => app.find(type, asked.name)).find(
    (found) => found?.trigger.type.toLowerCase() === asked.trigger.toLowerCase(),
  );
  if (fn === undefined) return json(404, { message: `there is no ${asked.trigger} "${asked.name}"` });
  dieIfAsked(deathFile, fn);
  try {
    const { returnValue } = await app.invoke(fn, {
      data: dataOf(asked),
      ...(typeof asked.instanceId === 'string' && {
        triggerMetadata: { instanceId: { string: asked.instanceId } },
      }),
      ...(asked.client !== undefined && { clientBinding: asked.client }),
    });
    return json(200, { returned: onWire(returnValue) });
  } catch (error) {
    return json(200, { error: errorOf(error) });
  }
}

/** As the host learns them when it starts. */
export interface ToldFunction {
  readonly name: string;
  readonly trigger: string;
  readonly binding: string;
  readonly schedule?: string;
}

function functionsOf(app: FunctionApp): readonly ToldFunction[] {
  return TRIGGERS.flatMap((type) => app.functions(type)).map(
    ({ name, trigger, triggerName }: AppFunction) => ({
      name,
      trigger: trigger.type,
      binding: triggerName,
      ...(typeof trigger['schedule'] === 'string' && { schedule: trigger['schedule'] }),
    }),
  );
}

function dataOf({ trigger, input }: Asked): TypedData | undefined {
  if (trigger.toLowerCase() !== 'timertrigger') {
    return typeof input === 'string' ? { string: input } : undefined;
  }
  const never = new Date(0).toISOString();
  const timer = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: never, Next: never, LastUpdated: never },
    IsPastDue: false,
  };
  return { json: JSON.stringify(timer) };
}

/** JSON carries no bytes. */
function onWire(value: TypedData | null | undefined): object | null {
  if (value === null || value === undefined) return null;
  return value.bytes === undefined ? value : { bytes: Buffer.from(value.bytes).toString('base64') };
}

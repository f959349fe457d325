import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Meter, Span, Tracer } from '@opentelemetry/api';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { StepInput } from '../activities/frame/input.ts';
import type { Telemetry } from '../activities/frame/telemetry.ts';
import { isEnded } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { createMeasures } from './measures.ts';
import type { Measures } from './measures.ts';
import { idsOfBatch, idsOfRollout } from './trace-ids.ts';
import type { ChosenIds } from './trace-ids.ts';

interface Instruments {
  readonly tracer: Tracer;
  readonly ids: ChosenIds;
  readonly meter: Meter;
  readonly clock: { now(): number };
}

/** The steps that are done for one batch; the others are the whole rollout's. */
const OF_BATCH: ReadonlySet<string> = new Set([
  'openGate',
  'upgradeBatch',
  'slideBatches',
  'settleBatch',
  'soakBatch',
]);

/**
 * A rollout as one trace: the whole, its batches, their steps, and each request to Azure with the id that Azure gave it.
 * Beside it the measures. Requests count where they go through the client that `carry` makes of another.
 */
export function createTelemetry({ tracer, ids, meter, clock }: Instruments): Telemetry & {
  carry(inner: HttpClient): HttpClient;
} {
  const measures = createMeasures(meter);
  const current = new AsyncLocalStorage<Context>();
  const tell = createTeller(tracer, ids);
  return {
    async step(name, input, run) {
      const parent = parentOf(name, input);
      const attributes = { 'vmss_rollout.id': input.rollout, 'vmss_rollout.direction': input.direction };
      const span = tracer.startSpan(name, { startTime: new Date(clock.now()), attributes }, parent);
      try {
        return await current.run(trace.setSpan(parent, span), run);
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        measures.fault(name);
        throw error;
      } finally {
        span.end(new Date(clock.now()));
      }
    },
    committed(before, after, time) {
      measures.committed(before, after, time);
      tell(before, after, time);
    },
    room: (_record, instances) => measures.room(instances),
    carry: (inner) => tracedClient(inner, { tracer, current, clock, measures }),
  };
}

function parentOf(name: string, { rollout, direction, batch }: StepInput): Context {
  const ids = OF_BATCH.has(name) ? idsOfBatch(rollout, direction, batch) : idsOfRollout(rollout);
  return trace.setSpanContext(ROOT_CONTEXT, { ...ids, traceFlags: TraceFlags.SAMPLED });
}

/** Tells of a batch when it is over in a direction, and of the whole rollout at its end. */
function createTeller(
  tracer: Tracer,
  ids: ChosenIds,
): (before: RolloutRecord, after: RolloutRecord, time: number) => void {
  return (before, after, time) => {
    const { id, direction, scaleSet, createdAt } = after;
    const whole = idsOfRollout(id);
    const known = new Map(before.batches.map((batch) => [batch.index, batch]));
    for (const { index, name, phase, startedAt, endedAt } of after.batches) {
      if (endedAt === undefined || endedAt === known.get(index)?.endedAt) continue;
      const start = {
        startTime: new Date(startedAt ?? endedAt),
        attributes: { 'vmss_rollout.phase': phase },
      };
      const parent = trace.setSpanContext(ROOT_CONTEXT, { ...whole, traceFlags: TraceFlags.SAMPLED });
      ids
        .choose(idsOfBatch(id, direction, index), () => tracer.startSpan(name, start, parent))
        .end(new Date(endedAt));
    }
    if (!isEnded(after.phase) || isEnded(before.phase)) return;
    const attributes = {
      'vmss_rollout.id': id,
      'vmss_rollout.phase': after.phase,
      'azure.resource_id': scaleSet,
    };
    const start = { startTime: new Date(createdAt), attributes, root: true };
    const span = ids.choose(whole, () => tracer.startSpan('rollout', start));
    if (after.failure !== undefined)
      span.setStatus({ code: SpanStatusCode.ERROR, message: after.failure.code });
    span.end(new Date(time));
  };
}

interface Tracing extends Pick<Instruments, 'tracer' | 'clock'> {
  readonly current: AsyncLocalStorage<Context>;
  readonly measures: Measures;
}

/** Neither a query, which may be signed, nor a body or a header is told but for the id of the request. */
function tracedClient(inner: HttpClient, { tracer, current, clock, measures }: Tracing): HttpClient {
  const begin = (method: string, url: URL, at: number): Span =>
    tracer.startSpan(
      `${method} ${resourceOf(url)}`,
      {
        kind: SpanKind.CLIENT,
        startTime: new Date(at),
        attributes: {
          'http.request.method': method,
          'server.address': url.hostname,
          'url.path': url.pathname,
        },
      },
      current.getStore() ?? ROOT_CONTEXT,
    );
  return {
    async sendRequest(request) {
      const at = clock.now();
      const span = begin(request.method, new URL(request.url), at);
      let status = 0;
      try {
        const response = await inner.sendRequest(request);
        ({ status } = response);
        const requestId = response.headers.get('x-ms-request-id');
        if (requestId !== undefined) span.setAttribute('azure.request_id', requestId);
        return response;
      } finally {
        span.setAttribute('http.response.status_code', status);
        // Asking whether there is something is no error where there is nothing.
        if (status === 0 || (status >= 400 && status !== 404)) span.setStatus({ code: SpanStatusCode.ERROR });
        const now = clock.now();
        measures.answered(status, (now - at) / 1000);
        span.end(new Date(now));
      }
    },
  };
}

/** What kind of resource a path leads to, without the names in it. */
function resourceOf({ pathname }: URL): string {
  const [, types = ''] = /\/providers\/[^/]+\/(.*)$/i.exec(pathname) ?? [];
  return types
    .split('/')
    .filter((_part, index) => index % 2 === 0)
    .join('/');
}

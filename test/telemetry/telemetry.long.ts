import type { HttpClient } from '@azure/core-rest-pipeline';
import {
  InMemorySpanExporter,
  BasicTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { SpanStatusCode } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { createCompute } from '../../src/azure/arm.ts';
import { createTelemetry } from '../../src/telemetry/telemetry.ts';
import { ChosenIds } from '../../src/telemetry/trace-ids.ts';
import { createSimulatorClient } from '../lab/fetch-client.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

interface Watched extends AsyncDisposable {
  readonly lab: Lab;
  /** The id that the service gave to each request. */
  readonly requestIds: readonly string[];
  spans(): readonly ReadableSpan[];
  /** Sums and counts by name, and by attributes as text. */
  measures(): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
}

/** A lab whose app tells everything to exporters of the official SDK. */
async function startWatched(options: LabOptions = {}): Promise<Watched> {
  const lab = await startLab(options);
  const { clock } = lab.ports;
  const spans = new InMemorySpanExporter();
  const ids = new ChosenIds();
  const traces = new BasicTracerProvider({
    idGenerator: ids,
    spanProcessors: [new SimpleSpanProcessor(spans)],
  });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const metrics = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
  const telemetry = createTelemetry({
    tracer: traces.getTracer('test'),
    meter: metrics.getMeter('test'),
    ids,
    clock,
  });
  const requestIds: string[] = [];
  const service = createSimulatorClient(lab.sim);
  const httpClient: HttpClient = telemetry.carry({
    async sendRequest(request) {
      const response = await service.sendRequest(request);
      requestIds.push(response.headers.get('x-ms-request-id') ?? 'none');
      return response;
    },
  });
  Object.assign(lab.ports, {
    telemetry,
    compute: createCompute({ endpoint: 'http://127.0.0.1', clock, httpClient }),
  });
  return {
    lab,
    requestIds,
    spans: () => spans.getFinishedSpans(),
    async measures() {
      await metrics.forceFlush();
      const all =
        exporter
          .getMetrics()
          .at(-1)
          ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
      return Object.fromEntries(
        all.map(({ descriptor, dataPoints }) => [
          descriptor.name,
          Object.fromEntries(
            dataPoints.map(({ attributes, value }) => [
              Object.values(attributes).join(),
              typeof value === 'object' && 'count' in value ? value.count : value,
            ]),
          ),
        ]),
      );
    },
    async [Symbol.asyncDispose]() {
      await metrics.shutdown();
      await lab[Symbol.asyncDispose]();
    },
  };
}

const idOf = (span: ReadableSpan): string => span.spanContext().spanId;

// Feature [Operations] A trace for each rollout: its batches, their steps, each request with Azure's id of it (Seen from outside)
it('tells a rollout as one trace, down to each request to Azure', async () => {
  await using watched = await startWatched({ count: 5 });
  const { lab } = watched;
  const id = await lab.start();
  await lab.toEnd(id);
  await lab.host.runToEnd(id);
  const spans = watched.spans();
  expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
  const [root, ...others] = spans.filter((span) => span.parentSpanContext === undefined);
  expect(others).toEqual([]);
  expect(root).toMatchObject({
    name: 'rollout',
    attributes: { 'vmss_rollout.id': id, 'vmss_rollout.phase': 'succeeded' },
  });
  // Every other one hangs below one that was told, too.
  const known = new Set(spans.map(idOf));
  expect(spans.filter((span) => span !== root && !known.has(span.parentSpanContext?.spanId ?? ''))).toEqual(
    [],
  );
  const batches = spans.filter(({ name }) => name.startsWith('update domain'));
  expect(batches.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((domain) => `update domain ${domain}`));
  for (const batch of batches) expect(batch.parentSpanContext?.spanId).toBe(root && idOf(root));
  // Each request that the service has seen, and no other, with the id that it gave it.
  const requests = spans.filter(({ attributes }) => 'http.request.method' in attributes);
  const told = requests.map(({ attributes }) => attributes['azure.request_id']);
  expect(new Set(told)).toEqual(new Set(watched.requestIds));
  expect(told).toHaveLength(watched.requestIds.length);
  expect(told.length).toBe(lab.log.filter(({ kind }) => kind === 'request').length);
  // A query may be signed.
  expect(JSON.stringify(spans.map(({ attributes, name }) => [name, attributes]))).not.toMatch(
    /\?|api-version/,
  );
});

// Feature [Operations] Measures: phases, waits for people and for the service, distance to the floor, throttling, retries (Seen from outside)
it('measures how long people and the service keep a rollout waiting, and how near the floor it goes', async () => {
  await using watched = await startWatched({
    count: 5,
    faults: [{ kind: 'throttle', operation: 'manualupgrade', count: 1, retryAfterSeconds: 60 }],
  });
  const { lab } = watched;
  const id = await lab.start({ approvals: { before: [0] } });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await lab.host.advance(1_800_000);
  await lab.send(id, 'approve');
  await lab.toEnd(id);
  await lab.host.runToEnd(id);
  const measures = await watched.measures();
  expect(measures).toMatchObject({
    'vmss_rollout.rollout.duration': { succeeded: 1 },
    'vmss_rollout.wait.duration': { approval: 1, throttling: 1 },
    'vmss_rollout.arm.throttled': { '': 1 },
  });
  expect(Object.keys(measures['vmss_rollout.phase.duration'] ?? {})).toEqual(
    expect.arrayContaining(['planning', 'waiting', 'applyingModel', 'upgrading', 'settling']),
  );
  expect(measures['vmss_rollout.floor.distance']?.['']).toBeGreaterThanOrEqual(5);
});

it('tells of a step that failed, of the rollout that failed, and changes neither', async () => {
  await using watched = await startWatched({ count: 5, faults: [{ kind: 'badImage', version: NEW }] });
  const { lab } = watched;
  const { documents } = lab.store;
  const commit: typeof documents.commit = documents.commit.bind(documents);
  let isBroken = true;
  const breaking: typeof documents.commit = async (change) => {
    if (!isBroken) return commit(change);
    isBroken = false;
    throw new Error('the store does not answer');
  };
  const id = await lab.start();
  Object.assign(documents, { commit: breaking });
  const { phase } = await lab.toEnd(id);
  await lab.host.runToEnd(id);
  expect(phase).toBe('rolledBack');
  const spans = watched.spans();
  const failed = spans.filter(({ status }) => status.code === SpanStatusCode.ERROR).map(({ name }) => name);
  expect(failed).toContain('planRollout');
  expect(failed).toContain('rollout');
  expect((await watched.measures())['vmss_rollout.step.retries']).toEqual({ planRollout: 1 });
});

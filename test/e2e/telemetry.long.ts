import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { eventually } from '../host/support/child-host.ts';
import { ask } from './support/app.ts';
import { startKillable } from './support/killable.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}

interface Collector extends AsyncDisposable {
  readonly url: string;
  /** Bodies by path, as they came. */
  readonly received: readonly { readonly path: string; readonly body: string }[];
  spans(): readonly Span[];
}

/** What an OpenTelemetry collector takes: JSON of OTLP over HTTP. */
async function startCollector(): Promise<Collector> {
  const received: { readonly path: string; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ path: request.url ?? '', body: Buffer.concat(parts).toString() });
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    spans: () =>
      received
        .filter(({ path }) => path === '/v1/traces')
        .flatMap(({ body }) => JSON.parse(body).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

// Feature [Operations] Traces and measures leave by OTLP where a collector is named, and nothing leaves elsewhere (Seen from outside)
it('sends one trace of a rollout to the collector, also when the host is killed on the way', async () => {
  await using collector = await startCollector();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
  vi.stubEnv('OTEL_METRIC_EXPORT_INTERVAL', '1000');
  await using platform = await startKillable({ scaleSet: 'web:2', timeScale: 60, seed: 2 });
  vi.unstubAllEnvs();
  const { id: scaleSet } = await platform.service.scaleSet();
  const spec = { scaleSet, change: { image: { version: '22.04.202611010' } }, health: { stableSeconds: 1 } };
  const { body } = await ask(`${platform.url}/api/rollouts`, 'POST', spec);
  const { id } = body as { readonly id: string };
  await eventually(async () => collector.spans().find(({ name }) => name.startsWith('POST ')), 60_000);
  await platform.kill();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
  vi.stubEnv('OTEL_METRIC_EXPORT_INTERVAL', '1000');
  await platform.start();
  vi.unstubAllEnvs();
  const root = await eventually(
    async () => collector.spans().find(({ name }) => name === 'rollout'),
    120_000,
  );

  const spans = collector.spans();
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([root.traceId]));
  expect(spans.filter(({ parentSpanId }) => parentSpanId === root.spanId).map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'planRollout',
      'applyModel',
      'update domain 0',
      'update domain 1',
      'closeRollout',
    ]),
  );
  const told = collector.received.map(({ body: text }) => text).join('\n');
  expect(told).toContain(id);
  await eventually(async () =>
    collector.received.find(({ body: text }) => text.includes('vmss_rollout.rollout.duration')),
  );
  // Addresses of operations are signed, and storage has its keys.
  expect(told).not.toMatch(/api-version|[?&](?:t|c|s|h|sig|code)=|AccountKey/);
}, 240_000);

import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createTelemetry } from './telemetry.ts';
import { ChosenIds } from './trace-ids.ts';

/**
 * Telemetry that leaves by OTLP over HTTP, to where the variables of OpenTelemetry say (`OTEL_EXPORTER_OTLP_ENDPOINT`,
 * `…_HEADERS`). What is still to be sent when the worker dies is lost; the records are not.
 */
export function createExporting(
  service: {
    readonly name: string;
    readonly version: string;
    readonly metricsEveryMilliseconds: number;
  },
  clock: { now(): number },
): ReturnType<typeof createTelemetry> {
  const resource = resourceFromAttributes({
    'service.name': service.name,
    'service.version': service.version,
  });
  const ids = new ChosenIds();
  const traces = new BasicTracerProvider({
    resource,
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(),
    exportIntervalMillis: service.metricsEveryMilliseconds,
    exportTimeoutMillis: service.metricsEveryMilliseconds / 2,
  });
  const metrics = new MeterProvider({ resource, readers: [reader] });
  return createTelemetry({
    tracer: traces.getTracer(service.name, service.version),
    meter: metrics.getMeter(service.name, service.version),
    ids,
    clock,
  });
}

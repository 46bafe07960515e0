import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { openLog, startTelemetry, telemetrySettings, TRACES_OFF } from '../src/index.ts';

const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

test('traces are off without a collector, and when OTEL_SDK_DISABLED is set', async () => {
  expect(telemetrySettings({})).toEqual(TRACES_OFF);
  expect(telemetrySettings({ ...COLLECTOR, OTEL_SDK_DISABLED: 'true' })).toEqual(TRACES_OFF);
  const telemetry = await startTelemetry({
    settings: TRACES_OFF,
    log: openLog({ service: 'sample', level: 'silent' }),
  });
  expect(telemetry.tracerOf('sample')).toBeUndefined();
  await telemetry.stop();
});

test.each([
  [{}, 1],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, 0],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' }, 0.01],
])('with a collector, %j samples a share of %d', (variables, sampleRatio) => {
  expect(telemetrySettings({ ...COLLECTOR, ...variables })).toEqual({ traces: true, sampleRatio });
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' }, /OTEL_EXPORTER_OTLP_ENDPOINT/],
  [{ ...COLLECTOR, OTEL_TRACES_SAMPLER: 'sometimes' }, /OTEL_TRACES_SAMPLER/],
  [{ ...COLLECTOR, OTEL_TRACES_SAMPLER_ARG: '2' }, /OTEL_TRACES_SAMPLER_ARG/],
])('the error about %j names the variable to set', (variables, message) => {
  expect(() => telemetrySettings(variables)).toThrow(message);
});

test('a failing export is logged once, and so is its recovery; spans carry the name of their service', async () => {
  const lines: { msg: string; err?: { message: string } }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
  const services: unknown[] = [];
  let isDown = true;
  const exporter: SpanExporter = {
    export: (spans, done) => {
      services.push(spans[0]?.resource.attributes['service.name']);
      done(isDown ? { code: 1, error: new Error('refused') } : { code: 0 });
    },
    shutdown: async () => undefined,
  };
  const telemetry = await startTelemetry({
    settings: { traces: true, sampleRatio: 1 },
    exporter,
    log: openLog({ service: 'sample', destination: { write } }),
  });
  const exportOne = async (service: string) => {
    telemetry.tracerOf(service)?.startSpan('work').end();
    await telemetry.flush().catch(() => undefined);
  };
  await exportOne('booking');
  await exportOne('catalog');
  isDown = false;
  await exportOne('payments');
  await exportOne('payments');
  expect(services).toEqual(['booking', 'catalog', 'payments', 'payments']);
  expect(lines.map(({ msg, err }) => [msg, err?.message])).toEqual([
    ['traces could not be exported', 'refused'],
    ['traces are exported again', undefined],
  ]);
});

import type { Telemetry, TelemetryOptions } from './telemetry.ts';

const OFF: Telemetry = { tracerOf: () => undefined, flush: async () => undefined, stop: async () => undefined };

/** Starts tracing where it is on; its libraries are loaded only then, because they take a fifth of a second. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  if (!options.settings.traces && !options.exporter) return OFF;
  const { startTracing } = await import('./tracing.ts');
  return startTracing(options);
}

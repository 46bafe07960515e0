/** Whether and how much is traced. */
export interface TelemetrySettings {
  /** Whether spans are exported at all. */
  readonly traces: boolean;
  /** The part of traces in [0, 1] that is recorded, of those that nobody has decided about before. */
  readonly sampleRatio: number;
  /** Where the collector takes traces; what OpenTelemetry's variables say when not given. */
  readonly url?: string;
}

export const TRACES_OFF: TelemetrySettings = { traces: false, sampleRatio: 1 };

const SAMPLERS: Readonly<Record<string, (argument: number) => number>> = {
  parentbased_always_on: () => 1,
  parentbased_always_off: () => 0,
  parentbased_traceidratio: (argument) => argument,
};

/**
 * Reads OpenTelemetry's own variables: `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` turns
 * traces on, `OTEL_SDK_DISABLED=true` off; `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` sample them.
 *
 * @throws naming the variable that makes no sense
 */
export function telemetrySettings(environment: Readonly<Record<string, string | undefined>>): TelemetrySettings {
  const endpoint =
    environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || environment['OTEL_EXPORTER_OTLP_ENDPOINT'] || undefined;
  if (endpoint === undefined || environment['OTEL_SDK_DISABLED'] === 'true') return TRACES_OFF;
  if (!URL.canParse(endpoint)) throw new Error(`OTEL_EXPORTER_OTLP_ENDPOINT is no address: ${endpoint}`);
  const name = environment['OTEL_TRACES_SAMPLER'] || 'parentbased_always_on';
  const argument = Number(environment['OTEL_TRACES_SAMPLER_ARG'] || 1);
  const ratioOf = SAMPLERS[name];
  if (!ratioOf) {
    throw new Error(`OTEL_TRACES_SAMPLER is '${name}', not one of ${Object.keys(SAMPLERS).join(', ')}`);
  }
  if (!(argument >= 0 && argument <= 1)) throw new Error('OTEL_TRACES_SAMPLER_ARG is not between 0 and 1');
  return { traces: true, sampleRatio: ratioOf(argument) };
}

import { oneOf, readEnvironment, type Variables } from '@marquee/environment';
import { z } from 'zod';

/** Which traces are exported, and where to. */
export interface TelemetrySettings {
  readonly traces: boolean;
  /** The share of new traces to sample, from 0 to 1; a trace begun elsewhere keeps its caller's decision. */
  readonly sampleRatio: number;
  /** The collector's URL; OpenTelemetry's variables by default. */
  readonly url?: string;
}

export const TRACES_OFF: TelemetrySettings = { traces: false, sampleRatio: 1 };

const collector = z.url({ protocol: /^https?$/ }).describe('the URL of a collector, such as http://127.0.0.1:4318');

const exporting = {
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
};

const sampling = {
  OTEL_TRACES_SAMPLER: oneOf('parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio').default(
    'parentbased_always_on',
  ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).describe('a number from 0 to 1').default(1),
};

/**
 * Reads OpenTelemetry's own variables: `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` turns
 * traces on, `OTEL_SDK_DISABLED=true` off; `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` sample them.
 *
 * @throws {EnvironmentError} naming what to set
 */
export function telemetrySettings(variables: Variables): TelemetrySettings {
  const given = readEnvironment(exporting, variables);
  const endpoint = given.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? given.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined || given.OTEL_SDK_DISABLED === 'true') return TRACES_OFF;
  const { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio } = readEnvironment(sampling, variables);
  if (sampler === 'parentbased_traceidratio') return { traces: true, sampleRatio: ratio };
  return { traces: true, sampleRatio: sampler === 'parentbased_always_on' ? 1 : 0 };
}

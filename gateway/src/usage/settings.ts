import { DEFAULT_RECORDING, type RecordingSettings } from '@marquee/schema-usage';

/** Recording of schema usage; times in ms. */
export interface UsageSettings extends RecordingSettings {
  /** Days that records are kept. */
  readonly retentionDays: number;
}

export const DEFAULT_USAGE: UsageSettings = { ...DEFAULT_RECORDING, retentionDays: 60 };

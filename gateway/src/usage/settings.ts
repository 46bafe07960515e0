import { DEFAULT_RECORDING, type RecordingSettings } from '@marquee/schema-usage';

/** What is recorded of the schema's use; times in ms. */
export interface UsageSettings extends RecordingSettings {
  /** How many days it can be asked for. */
  readonly retentionDays: number;
}

export const DEFAULT_USAGE: UsageSettings = { ...DEFAULT_RECORDING, retentionDays: 60 };

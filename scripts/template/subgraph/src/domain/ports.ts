import type { SampleNote } from './sample-note.ts';

export interface SampleNotes {
  /** Stores a sample note and emits its event. @returns false when its owner has one of this name */
  add(sampleNote: SampleNote): Promise<boolean>;
}

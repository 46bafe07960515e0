import type { SampleNote } from './sample-note.ts';

export interface SampleNotes {
  /** Keeps a sample note and emits its event. @returns false when its owner has one of this name, and nothing is kept */
  add(sampleNote: SampleNote): Promise<boolean>;
}

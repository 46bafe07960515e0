import { badInput } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import type { SampleNotes } from '../domain/ports.ts';
import { MAX_NAME_LENGTH, parseName, type SampleNote } from '../domain/sample-note.ts';
import { SampleNoteExistsError } from '../errors.ts';

export interface CreateSampleNoteDeps {
  readonly sampleNotes: SampleNotes;
  readonly now: () => Date;
}

export interface CreateSampleNoteInput {
  readonly ownerId: string;
  readonly name: string;
}

/**
 * Creates a sample note. The unique name in the database settles races.
 *
 * @throws {SampleNoteExistsError}
 * @throws {CodedError} BAD_USER_INPUT when the name is not valid
 */
export async function createSampleNote(deps: CreateSampleNoteDeps, input: CreateSampleNoteInput): Promise<SampleNote> {
  const name = parseName(input.name);
  if (name === null) throw badInput('input.name', `Enter a name of 1 to ${MAX_NAME_LENGTH} visible characters.`);
  const sampleNote = { id: newId('smp'), ownerId: input.ownerId, name, createdAt: deps.now() };
  if (!(await deps.sampleNotes.add(sampleNote))) throw new SampleNoteExistsError(name);
  return sampleNote;
}

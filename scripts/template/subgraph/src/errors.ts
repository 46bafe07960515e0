import { UserError } from '@marquee/errors';

/** The person already has a sample note of this name. */
export class SampleNoteExistsError extends UserError {
  readonly __typename = 'SampleNoteExistsError';

  constructor(name: string) {
    super(`You already have a sample note named “${name}”. Choose another name.`);
  }
}

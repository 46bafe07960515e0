import { UserError } from '@marquee/errors';

/** Somebody else decided the case before. */
export class RiskCaseDecidedError extends UserError {
  readonly __typename = 'RiskCaseDecidedError';

  constructor() {
    super('This case was decided already. Load it again; a block is lifted by clearing it.');
  }
}

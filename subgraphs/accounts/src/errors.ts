import { UserError } from '@marquee/errors';

/** There is an account with this e-mail address already. */
export class EmailTakenError extends UserError {
  readonly __typename = 'EmailTakenError';

  constructor() {
    super('There is already an account with this e-mail address.');
  }
}

/** The password is too easy to guess; the message says in what respect. */
export class WeakPasswordError extends UserError {
  readonly __typename = 'WeakPasswordError';
}

/** The address or the password is wrong: one message for both, so that it does not tell which addresses are known. */
export class InvalidCredentialsError extends UserError {
  readonly __typename = 'InvalidCredentialsError';

  constructor() {
    super('The e-mail address or the password is wrong.');
  }
}

/** A one-time or recovery code is wrong, or was used before. */
export class InvalidSecondFactorError extends UserError {
  readonly __typename = 'InvalidSecondFactorError';

  constructor() {
    super('The code is wrong or was used before.');
  }
}

/** A challenge is unknown, answered, too old or was tried too often. */
export class SecondFactorExpiredError extends UserError {
  readonly __typename = 'SecondFactorExpiredError';

  constructor() {
    super('This login has expired. Start again with your password.');
  }
}

/** A refresh token is unknown, used, too old, or its session was ended: one message for all. */
export class SessionExpiredError extends UserError {
  readonly __typename = 'SessionExpiredError';

  constructor() {
    super('Your session has ended. Sign in again.');
  }
}

import { UserError } from '@marquee/errors';

/** A token from a mail is unknown, used or expired, or is for an address that is no longer wanted. */
export class MailTokenExpiredError extends UserError {
  readonly __typename = 'MailTokenExpiredError';

  constructor() {
    super('This link or code no longer works. Ask for a new one.');
  }
}

/** Another account has this email address. */
export class EmailTakenError extends UserError {
  readonly __typename = 'EmailTakenError';

  constructor() {
    super('An account with this email address already exists. Sign in instead.');
  }
}

/** The password is too easy to guess; the message says why. */
export class WeakPasswordError extends UserError {
  readonly __typename = 'WeakPasswordError';
}

/** The email address or the password is incorrect. One error for both, so that it does not reveal which addresses exist. */
export class InvalidCredentialsError extends UserError {
  readonly __typename = 'InvalidCredentialsError';

  constructor() {
    super('The email address or password is incorrect. Check both and try again.');
  }
}

/** The password of somebody who is signed in is incorrect, or has been changed meanwhile. */
export class IncorrectPasswordError extends UserError {
  readonly __typename = 'IncorrectPasswordError';

  constructor() {
    super('The password is incorrect. Check it and try again.');
  }
}

/** The password is changed; mail alone does not sign in to an account with a second factor. */
export class SignInRequiredError extends UserError {
  readonly __typename = 'SignInRequiredError';

  constructor() {
    super('Your new password is set. Sign in with it and a code of your authenticator app.');
  }
}

/** The one-time or recovery code is incorrect or has been used. */
export class InvalidSecondFactorError extends UserError {
  readonly __typename = 'InvalidSecondFactorError';

  constructor() {
    super('The code is incorrect or has already been used. Enter a new one.');
  }
}

/** The challenge is unknown, answered, expired or out of attempts. */
export class SecondFactorExpiredError extends UserError {
  readonly __typename = 'SecondFactorExpiredError';

  constructor() {
    super('This login has expired. Sign in again with your password.');
  }
}

/** The refresh token is unknown, used or expired, or its session has ended. */
export class SessionExpiredError extends UserError {
  readonly __typename = 'SessionExpiredError';

  constructor() {
    super('Your session has ended. Sign in again.');
  }
}

/** The person works for the organisation already. */
export class AlreadyMemberError extends UserError {
  readonly __typename = 'AlreadyMemberError';

  constructor(message = 'This person works for the organisation already. Change their role instead.') {
    super(message);
  }
}

/** An invitation of this address is open. */
export class AlreadyInvitedError extends UserError {
  readonly __typename = 'AlreadyInvitedError';

  constructor() {
    super('This address has an invitation that waits for an answer. Send it again, or withdraw it first.');
  }
}

/** The invitation is unknown, used, withdrawn or expired. */
export class InvitationExpiredError extends UserError {
  readonly __typename = 'InvitationExpiredError';

  constructor(message = 'This invitation no longer works. Ask whoever invited you for a new one.') {
    super(message);
  }
}

/** The invitation was sent to an address that is not the verified one of the account. */
export class InvitationForSomebodyElseError extends UserError {
  readonly __typename = 'InvitationForSomebodyElseError';

  constructor() {
    super('This invitation is for another email address. Sign in with the account that has confirmed that address.');
  }
}

/** The organisation would have no owner. */
export class LastOwnerError extends UserError {
  readonly __typename = 'LastOwnerError';

  constructor() {
    super('An organisation needs an owner. Make somebody else an owner first.');
  }
}

/** Another organisation has this slug. */
export class SlugTakenError extends UserError {
  readonly __typename = 'SlugTakenError';

  constructor() {
    super('Another organisation has this slug. Choose a different one.');
  }
}

/** There is no city with this id. */
export class UnknownCityError extends UserError {
  readonly __typename = 'UnknownCityError';

  constructor() {
    super('This city does not exist. Choose another one.');
  }
}

/** The passkey could not be verified; the message says more only where its owner is known. */
export class InvalidPasskeyError extends UserError {
  readonly __typename = 'InvalidPasskeyError';

  constructor(message = 'Your passkey could not be verified. Try again, or sign in another way.') {
    super(message);
  }
}

export const LOGIN_FAILED = 'You were not signed in. Start again, in this browser.';
export const PROVIDER_AWAY = 'The provider cannot be reached. Try again later, or sign in another way.';

/** A sign-in with a provider did not work; the message says what to do. */
export class ProviderSignInError extends UserError {
  readonly __typename = 'ProviderSignInError';
}

/** The account was suspended by an administrator. */
export class AccountSuspendedError extends UserError {
  readonly __typename = 'AccountSuspendedError';

  constructor() {
    super('Your account is suspended, so you cannot sign in. Contact support to have it restored.');
  }
}

/** Without this account nobody could administer the marketplace. */
export class LastAdministratorError extends UserError {
  readonly __typename = 'LastAdministratorError';

  constructor() {
    super('This is the last active administrator. Make somebody else an administrator first.');
  }
}

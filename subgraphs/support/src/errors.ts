import { UserError } from '@marquee/errors';

/** The customer has as many tickets that are not resolved as one may have. */
export class TooManyOpenTicketsError extends UserError {
  readonly __typename = 'TooManyOpenTicketsError';

  constructor(readonly limit: number) {
    super(`You have ${limit} open requests. Write in one of them, or wait until one is resolved.`);
  }
}

/** The ticket takes no more messages, or no more notes after its last message. */
export class SupportTicketFullError extends UserError {
  readonly __typename = 'SupportTicketFullError';
}

/** The person to be assigned does not work in support, or is the ticket's customer. */
export class AssigneeUnavailableError extends UserError {
  readonly __typename = 'AssigneeUnavailableError';

  constructor() {
    super('Choose somebody of the support team who is not the customer.');
  }
}

/** A case is rated once it is resolved. */
export class TicketNotResolvedError extends UserError {
  readonly __typename = 'TicketNotResolvedError';

  constructor() {
    super('This request is not resolved yet. Rate it when it is.');
  }
}

/** A case is rated once. */
export class AlreadyRatedError extends UserError {
  readonly __typename = 'AlreadyRatedError';

  constructor() {
    super('You have rated this request already. Thank you.');
  }
}

/** Somebody saved the article after the editor had read it. */
export class HelpArticleChangedError extends UserError {
  readonly __typename = 'HelpArticleChangedError';

  constructor() {
    super('Somebody else has saved this article. Load it again, then make your changes.');
  }
}

import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { eventually } from '@marquee/testkit';

import { SoftwareAuthenticator } from '../../../subgraphs/accounts/test/authenticator.ts';
import { DEMO_PASSWORD } from '../../src/demo/purchase.ts';
import type { Marketplace } from '../marketplace.ts';
import { query } from '../server-process.ts';
import { documentOf, inputsWith } from './texts.ts';

/** Sends documents as somebody. @param browser the person's when it is left out */
export type Ask = <Result>(document: string, variables?: object, token?: string, browser?: string) => Promise<Result>;

export interface Person {
  readonly email: string;
  readonly password: string;
  /** A text that nobody else has. */
  readonly mark: string;
  readonly id: string;
  token: string;
  /** A booking of theirs that is paid, with its payment, ticket and venue. */
  readonly bought: Readonly<Record<'paymentId' | 'ticketId' | 'venueId', string>>;
}

interface Outcome {
  readonly __typename: string;
  readonly message?: string;
}

/** Writes as the person and about them, and keeps which inputs had their text. */
export class Writing {
  /** The inputs that had the mark, such as `writeReview.input.text`. */
  readonly inputs = new Set<string>();
  readonly #marketplace: Marketplace;
  readonly #ask: Ask;
  readonly #person: Person;

  constructor(marketplace: Marketplace, ask: Ask, person: Person) {
    this.#marketplace = marketplace;
    this.#ask = ask;
    this.#person = person;
  }

  /** Calls a mutation. @throws unless it did what it was asked to */
  async call<Result>(
    name: string,
    given: object,
    token: string | undefined,
    selection = '',
    browser?: string,
  ): Promise<Result> {
    const result = await this.#ask<Result>(documentOf(name, given, selection), given, token, browser);
    const { __typename: type, message } = (result ?? {}) as unknown as Partial<Outcome>;
    if (result === undefined || type?.endsWith('Error')) throw new Error(`${name}: ${message ?? 'refused'}`);
    for (const input of inputsWith(this.#person.mark, name, given)) this.inputs.add(input);
    return result;
  }

  /** Everything that the person can write, and that staff, partners and friends can write about them. */
  async everything(): Promise<void> {
    await this.#account();
    await this.#tickets();
    await this.#money();
    await this.#reviews();
    await this.#support();
    await this.#suspension();
  }

  #logIn = async (account: string): Promise<string> => {
    const input = { email: `${account}@marquee.test`, password: DEMO_PASSWORD };
    const tokens = '... on AuthPayload { accessToken }';
    return (await this.call<{ accessToken: string }>('login', { input }, undefined, tokens, 'Staff/1.0')).accessToken;
  };

  async #account(): Promise<void> {
    const { mark, email, password, token } = this.#person;
    await this.call('updateProfile', { input: { displayName: `Zelda ${mark}` } }, token);
    const started = await this.call<{ challengeId: string; options: unknown }>(
      'startPasskeyRegistration',
      {},
      token,
      'challengeId options',
    );
    const response = new SoftwareAuthenticator().create(started.options as never);
    await this.call(
      'finishPasskeyRegistration',
      { input: { challengeId: started.challengeId, response, name: `Key ${mark}` } },
      token,
    );
    await this.call('requestPasswordReset', { email }, undefined);
    await this.call('changeEmail', { input: { newEmail: `new.${email}`, password } }, token);
    const [organisation] = (await query(
      this.#marketplace.databaseUrl('accounts'),
      "SELECT organisation_id AS id FROM organisation_members WHERE user_id = 'usr_seed_partner'",
    )) as { id: string }[];
    const invitation = { organisationId: organisation?.id, email, role: 'SCANNER' };
    await this.call('inviteMember', { input: invitation }, await this.#logIn('partner'));
  }

  /** The person offers a ticket to a friend, and is given one by the venue. */
  async #tickets(): Promise<void> {
    const { mark, email, token, bought } = this.#person;
    const idempotencyKey = randomUUID();
    await this.call(
      'transferTicket',
      { input: { ticketId: bought.ticketId, toEmail: `friend.of.${mark}@example.test`, idempotencyKey } },
      token,
    );
    const [seat] = await this.#freeSeats();
    const gift = {
      showId: this.#marketplace.showId,
      seatIds: [seat],
      toEmail: email,
      reason: `Uncle of ${mark}`,
      idempotencyKey,
    };
    await this.call('issueComplimentaryTickets', { input: gift }, await this.#logIn('partner'));
    await this.call('acceptTicketTransfer', { token: await this.#mailed(email, /\boffer_[\w.-]+/) }, token);
  }

  async #freeSeats(): Promise<string[]> {
    type Map = { seatMap: { sections: { rows: { seats: { id: string; status: string }[] }[] }[] } };
    const { seatMap } = await this.#ask<Map>(
      'query ($id: ID!) { result: show(id: $id) { seatMap { sections { rows { seats { id status } } } } } }',
      { id: this.#marketplace.showId },
    );
    const seats = seatMap.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
    return seats.filter(({ status }) => status === 'AVAILABLE').map(({ id }) => id);
  }

  #mailed(address: string, pattern: RegExp): Promise<string> {
    return eventually(async () => {
      const url = new URL(`/mails.json?to=${encodeURIComponent(address)}`, this.#marketplace.mailUrl);
      const mails = (await (await fetch(url)).json()) as { text: string }[];
      const [found] = mails.flatMap(({ text }) => pattern.exec(text)?.[0] ?? []);
      if (found === undefined)
        throw new Error(`No mail has ${pattern}: ${JSON.stringify(mails.map(({ text }) => text))}`);
      return found;
    });
  }

  async #money(): Promise<void> {
    const { mark, token, bought } = this.#person;
    const returnUrl = `http://localhost:3000/${mark}`;
    const topUp = { amount: { amount: 500, currency: 'GBP' }, with: { cardToken: 'tok_visa' }, returnUrl };
    await this.call('topUpWallet', { input: { ...topUp, idempotencyKey: randomUUID() } }, token);
    const refund = { paymentId: bought.paymentId, amount: { amount: 100, currency: 'GBP' }, reason: `Sorry, ${mark}` };
    await this.call(
      'refundPayment',
      { input: { ...refund, idempotencyKey: randomUUID() } },
      await this.#logIn('admin'),
    );
  }

  async #reviews(): Promise<void> {
    const { mark, token, bought } = this.#person;
    const shown = 'review { id }';
    type Written = { review: { id: string } };
    const written = { subject: { venueId: bought.venueId }, stars: 4, text: `Signed, ${mark}` };
    const { review } = await this.call<Written>(
      'writeReview',
      { input: written },
      token,
      `... on WriteReviewPayload { ${shown} }`,
    );
    await this.call('replyToReview', { reviewId: review.id, text: `Dear ${mark}` }, await this.#logIn('partner'));
    // A link makes it wait for a moderator.
    await this.call(
      'updateReview',
      { input: { reviewId: review.id, stars: 5, text: `See www.example.com, ${mark}` } },
      token,
    );
    await this.call(
      'moderateReview',
      { reviewId: review.id, decision: 'PUBLISH', note: `Fine, ${mark}` },
      await this.#logIn('agent'),
    );
  }

  async #support(): Promise<void> {
    const { mark, token } = this.#person;
    const agent = await this.#logIn('agent');
    const opened = { subject: `Ask ${mark}`, text: `I am ${mark}`, category: 'OTHER' };
    type Opened = { ticket: { id: string } };
    const { ticket } = await this.call<Opened>(
      'openSupportTicket',
      { input: opened },
      token,
      '... on OpenSupportTicketPayload { ticket { id } }',
    );
    const message = { ticketId: ticket.id, text: `Still ${mark}`, idempotencyKey: randomUUID() };
    await this.call('sendSupportMessage', { input: message }, token);
    await this.call('addInternalNote', { ticketId: ticket.id, text: `${mark} called` }, agent);
    await this.call('updateSupportTicket', { input: { ticketId: ticket.id, status: 'RESOLVED' } }, agent);
    await this.call('rateSupport', { ticketId: ticket.id, score: 4, comment: `Yours, ${mark}` }, token);
  }

  /** An administrator suspends the person for a moment; they sign in again, in a browser that gets pushes. */
  async #suspension(): Promise<void> {
    const { id: userId, mark, email, password } = this.#person;
    const admin = await this.#logIn('admin');
    await this.call('setUserStatus', { userId, status: 'SUSPENDED', reason: `${mark} was too loud` }, admin);
    await this.call('setUserStatus', { userId, status: 'ACTIVE', reason: `${mark} was not` }, admin);
    const { accessToken } = await this.call<{ accessToken: string }>(
      'login',
      { input: { email, password } },
      undefined,
      '... on AuthPayload { accessToken }',
    );
    this.#person.token = accessToken;
    const keys = {
      p256dh: createECDH('prime256v1').generateKeys('base64url'),
      auth: randomBytes(16).toString('base64url'),
    };
    const endpoint = `https://updates.push.services.mozilla.com/wpush/v2/${mark}`;
    await this.call('registerPushEndpoint', { input: { endpoint, ...keys } }, accessToken);
  }
}

import { randomUUID } from 'node:crypto';

import type { Actor, Sender } from '@marquee/traffic';

import { AUDIENCE, DEMO_CUSTOMERS, emailOf } from '../audience/accounts.ts';
import { graphClient, type GraphClient } from '../client/index.ts';
import { Login } from '../demo/operations.ts';
import { DEMO_PASSWORD, UnexpectedResultError } from '../demo/purchase.ts';
import { MyReferral, Register } from './operations.ts';

/** Honest people that the stack has accounts for. */
export const PEOPLE = DEMO_CUSTOMERS.length + AUDIENCE.length;

/** Where somebody is: another network and browser for each, as far as the stack believes it. */
type Place = Pick<Sender, 'network' | 'device'>;

/** The accounts of a simulation: seeded ones for people, new ones for attackers. */
export class Accounts {
  readonly #endpoint: string;
  readonly #run = randomUUID().slice(0, 8);
  readonly #clients = new Map<string, Promise<GraphClient>>();
  readonly #free = [...DEMO_CUSTOMERS, ...AUDIENCE].map(emailOf);

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** A client without an account. */
  visitor(place: Place): GraphClient {
    return graphClient({ endpoint: this.#endpoint, headers: headersOf(place) });
  }

  /** The client of an account, which signs in or is registered when it is first needed. */
  clientOf(userId: string, actor: Actor, place: Place, invitedBy: string | null = null): Promise<GraphClient> {
    const known = this.#clients.get(userId) ?? this.#enter(userId, actor, place, invitedBy);
    this.#clients.set(userId, known);
    return known;
  }

  async close(): Promise<void> {
    const clients = await Promise.allSettled(this.#clients.values());
    await Promise.all(clients.map((client) => client.status === 'fulfilled' && client.value.close()));
  }

  async #enter(userId: string, actor: Actor, place: Place, invitedBy: string | null): Promise<GraphClient> {
    const email = actor.isAttacker ? undefined : this.#free.shift();
    const accessToken = email === undefined ? await this.#register(userId, place, invitedBy) : await this.#logIn(email);
    return graphClient({ endpoint: this.#endpoint, accessToken, headers: headersOf(place) });
  }

  async #logIn(email: string): Promise<string> {
    const input = { email, password: DEMO_PASSWORD };
    const { login } = await graphClient({ endpoint: this.#endpoint }).request(Login, { input });
    if (login.accessToken === undefined) throw new UnexpectedResultError('Login', login);
    return login.accessToken;
  }

  async #register(userId: string, place: Place, invitedBy: string | null): Promise<string> {
    const code = invitedBy === null ? undefined : await this.#referralCodeOf(invitedBy);
    const displayName = userId.replaceAll('_', ' ').slice(0, 80);
    const email = `${userId}.${this.#run}@marquee.test`;
    const input = { email, password: randomUUID(), displayName, ...(code !== undefined && { referralCode: code }) };
    const { register } = await this.visitor(place).request(Register, { input });
    if (register.accessToken === undefined) throw new UnexpectedResultError('Register', register);
    return register.accessToken;
  }

  async #referralCodeOf(userId: string): Promise<string | undefined> {
    const client = await this.#clients.get(userId);
    return (await client?.request(MyReferral, {}))?.viewer.referral?.code;
  }
}

function headersOf({ network, device }: Place): Record<string, string> {
  const [a = 0, b = 0, c = 0] = Buffer.from(hash(network));
  return { 'x-forwarded-for': `10.${a}.${b}.${c}`, 'user-agent': `Marquee simulation (${device})` };
}

/** Three bytes. */
function hash(text: string): Uint8Array {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return new Uint8Array([value >>> 16, value >>> 8, value]);
}

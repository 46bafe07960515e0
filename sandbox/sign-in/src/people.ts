import { createHash } from 'node:crypto';

/** Somebody who has signed in. */
export interface Person {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

/** The people who have signed in, by the ids that the provider gives them: one for each address. */
export class People {
  readonly #people = new Map<string, Person>();

  signIn(form: URLSearchParams): Person {
    const email = form.get('email') ?? '';
    const sub = createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 24);
    const person = { sub, email, email_verified: form.get('verified') === 'yes', name: form.get('name') ?? '' };
    this.#people.set(sub, person);
    return person;
  }

  find(sub: string): Person | undefined {
    return this.#people.get(sub);
  }
}

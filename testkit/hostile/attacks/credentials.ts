import { anonymous, type Attack, repeat, type Target } from './attack.ts';
import { Tally } from './tally.ts';
import { post, type Message } from './transports.ts';

const BATCH = 10;
const ALIASES = 20;
const LOOPS = 8;
const PASSWORD = 'correct horse battery';

/** Accounts by the hundred: a batch of ten operations that sign up twenty people each, then one at a time. */
export const massSignUp: Attack = {
  name: 'mass-sign-up',
  run: (target, signal) =>
    repeat(new Tally(), signal, LOOPS, (time) =>
      post(anonymous(target), time % LOOPS === 1 ? Array.from({ length: BATCH }, () => signUps(ALIASES)) : signUps(1)),
    ),
};

/** Sessions by the hundred, with a correct password. */
export const massLogin: Attack = {
  name: 'mass-login',
  run: (target, signal) =>
    repeat(new Tally(), signal, LOOPS, (time) =>
      post(anonymous(target), logins(target.attacker, time % LOOPS === 1 ? ALIASES : 1)),
    ),
};

/** Passwords of somebody else's account, tried from several networks. */
export const guessing: Attack = {
  name: 'guessing',
  run: (target, signal) =>
    repeat(new Tally(), signal, LOOPS, (time) => {
      const sender = {
        ...anonymous(target),
        network: `${target.attacker.network.replace(/\d+$/, '')}${200 + (time % 4)}`,
      };
      return post(sender, logins({ email: target.victimEmail, password: `guess number ${time}` }, 1));
    }),
};

/** Wrong logins that fill the hashing queue and the count of a network. */
export const hashing: Attack = {
  name: 'hashing',
  run: (target, signal) =>
    repeat(new Tally(), signal, 5 * LOOPS, () =>
      post(anonymous(target), logins({ email: newEmail(), password: PASSWORD }, 1)),
    ),
};

let people = 0;

/** The addresses of people that an attack made up begin so. */
export const MADE_UP = 'hostile-';

function newEmail(): string {
  people += 1;
  return `${MADE_UP}${people}-${process.pid}@example.com`;
}

function signUps(count: number): Message {
  const fields = Array.from({ length: count }, (_, index) => `r${index}: register(input: $i${index}) { __typename }`);
  const inputs = Array.from({ length: count }, (_, index) => [
    `i${index}`,
    { email: newEmail(), password: PASSWORD, displayName: 'Nobody' },
  ]);
  return { query: operation('RegisterInput', fields), variables: Object.fromEntries(inputs) };
}

function logins({ email, password }: Pick<Target['attacker'], 'email' | 'password'>, count: number): Message {
  const fields = Array.from({ length: count }, (_, index) => `l${index}: login(input: $i${index}) { __typename }`);
  const inputs = Array.from({ length: count }, (_, index) => [`i${index}`, { email, password }]);
  return { query: operation('LoginInput', fields), variables: Object.fromEntries(inputs) };
}

function operation(input: string, fields: readonly string[]): string {
  return `mutation (${fields.map((_field, index) => `$i${index}: ${input}!`).join(' ')}) { ${fields.join(' ')} }`;
}

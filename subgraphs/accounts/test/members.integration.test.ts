import type { UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { describe, expect, test } from 'vitest';

import { openAccounts } from './harness.ts';
import { organisationsIn, SET_ROLE } from './organisations.ts';

const DAY_MS = 86_400_000;
const RESEND = `mutation($id: ID!) { resendInvitation(invitationId: $id) { invitation { id } } }`;
const REAUTHENTICATE = [{ extensions: { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' } }];
const READ = `query($id: ID!) { organisation(id: $id) {
  members { role user { id email } } invitations { id email role } } }`;

const harness = await openAccounts();
const { person, organisationOf, invite, setRole } = organisationsIn(harness);

describe('a manager who is being dismissed', () => {
  /** Runs work while the transaction that removes the manager is open, and then commits it. */
  async function whileDismissed<T>(organisationId: string, manager: UserCaller, work: () => Promise<T>): Promise<T> {
    const { working } = await harness.database.$transaction(async (tx) => {
      await tx.organisationMember.deleteMany({ where: { organisationId, userId: manager.userId } });
      const started = work();
      await Promise.race([started, eventually(() => waitsForLock())]);
      return { working: started };
    });
    return working;
  }

  async function waitsForLock(): Promise<void> {
    const waiting = await harness.database.$queryRaw<unknown[]>`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    expect(waiting.length).toBeGreaterThan(0);
  }

  test('appoints nobody any more', async () => {
    const { id, others } = await organisationOf('MANAGER', 'SCANNER');
    const [manager, scanner] = others as [UserCaller, UserCaller];
    const appoint = () => setRole(manager, id, scanner.userId, 'BOX_OFFICE');
    expect(await whileDismissed(id, manager, appoint)).toBe('FORBIDDEN');
  });

  test('control: without the lock on who appoints, they would', async () => {
    const { id, others } = await organisationOf('MANAGER', 'SCANNER');
    const [manager, scanner] = others as [UserCaller, UserCaller];
    const where = { organisationId: id, userId: scanner.userId, role: 'SCANNER' as const };
    const appoint = () => harness.database.organisationMember.updateMany({ where, data: { role: 'BOX_OFFICE' } });
    expect(await whileDismissed(id, manager, () => appoint().then(({ count }) => count))).toBe(1);
  });
});

describe('the members', () => {
  const ROLES = ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE'];

  test('are appointed by owners, those of the box office and of scanners by managers too, nobody by others', async () => {
    const { id, owner, others } = await organisationOf('MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE', 'SCANNER');
    const target = others[4] as UserCaller;
    /** The roles to which the caller invites, and those that the caller gives to a scanner. */
    const gives = async (caller: UserCaller): Promise<string[][]> => {
      const given: [string[], string[]] = [[], []];
      for (const role of ROLES) {
        await harness.database.organisationMember.updateMany({
          where: { organisationId: id, userId: target.userId },
          data: { role: 'SCANNER' },
        });
        const answers = [(await invite(caller, id, role)).code, await setRole(caller, id, target.userId, role)];
        for (const [index, roles] of given.entries()) if (answers[index] !== 'FORBIDDEN') roles.push(role);
      }
      return given;
    };
    expect(await gives(owner)).toEqual([ROLES, ROLES]);
    expect(await gives(others[0] as UserCaller)).toEqual(Array.from({ length: 2 }, () => ['BOX_OFFICE', 'SCANNER']));
    for (const other of others.slice(1, 4)) expect(await gives(other)).toEqual([[], []]);
    const administrator = { ...(await person()).caller, scopes: ['users:write'] };
    expect(await gives(administrator)).toEqual([ROLES, ROLES]);
    expect(await gives((await organisationOf()).owner)).toEqual([[], []]);
    expect(await setRole(others[0] as UserCaller, id, owner.userId, 'SCANNER')).toBe('FORBIDDEN');
    expect(await setRole(owner, id, 'usr_none', 'SCANNER')).toBe('NOT_FOUND');
    expect(await setRole(owner, 'org_none', owner.userId, null)).toBe('NOT_FOUND');
  });

  test('see each other; addresses and invitations are for who manages members', async () => {
    const { id, owner, others } = await organisationOf('SCANNER');
    const { invitation } = await invite(owner, id, 'FINANCE');
    const read = async (caller: UserCaller) => {
      const { data } = await harness.execute(READ, caller, { id });
      return data?.['organisation'] as { members: { user: { email: string | null } }[]; invitations: unknown };
    };
    const [ofOwner, ofScanner] = [await read(owner), await read(others[0] as UserCaller)];
    expect(ofOwner.invitations).toEqual([{ id: invitation?.id, email: invitation?.email, role: 'FINANCE' }]);
    expect(ofOwner.members.every(({ user }) => user.email !== null)).toBe(true);
    expect(ofScanner.invitations).toBeNull();
    expect(ofScanner.members.map(({ user }) => user.email !== null)).toEqual([false, true]);
    const { data } = await harness.execute(READ, (await person()).caller, { id });
    expect(data).toEqual({ organisation: { members: null, invitations: null } });
  });

  test('may leave, the last owner only after another was made', async () => {
    const { id, owner, others } = await organisationOf('SCANNER');
    const scanner = others[0] as UserCaller;
    for (const role of [null, 'MANAGER']) expect(await setRole(owner, id, owner.userId, role)).toBe('LastOwnerError');
    expect(await setRole(owner, id, scanner.userId, 'OWNER')).toBe('SetMemberRolePayload');
    expect(await setRole(owner, id, owner.userId, null)).toBe('SetMemberRolePayload');
    expect(await setRole(owner, id, scanner.userId, 'SCANNER')).toBe('FORBIDDEN');
    await expect(harness.database.user.delete({ where: { id: scanner.userId } })).rejects.toThrow('keep_an_owner');
  });

  test('are made owners and finance by a fresh sign-in only', async () => {
    const { id, owner, others } = await organisationOf('SCANNER');
    const stale = { ...owner, authenticatedAt: new Date(harness.clock.now().getTime() - 16 * 60_000) };
    const target = (others[0] as UserCaller).userId;
    const { invitation } = await invite(owner, id, 'FINANCE');
    expect((await harness.execute(RESEND, stale, { id: invitation?.id })).errors).toMatchObject(REAUTHENTICATE);
    for (const role of ['OWNER', 'FINANCE']) {
      expect((await invite(stale, id, role)).code).toBe('FORBIDDEN');
      const { errors } = await harness.execute(SET_ROLE, stale, { organisationId: id, userId: target, role });
      expect(errors).toMatchObject(REAUTHENTICATE);
    }
    expect(await invite(stale, id, 'MANAGER')).toMatchObject({ __typename: 'InviteMemberPayload' });
    expect(await setRole(stale, id, target, 'MANAGER')).toBe('SetMemberRolePayload');
  });

  const OWNERS = { where: { role: 'OWNER' as const } };

  /** Two owners of each of some organisations demote each other. @returns how many owners each organisation has then */
  async function demoteEachOther(demote: (by: UserCaller, id: string, userId: string) => Promise<unknown>) {
    const organisations = await Promise.all(Array.from({ length: 4 }, () => organisationOf('OWNER')));
    await Promise.all(
      organisations.flatMap(({ id, owner, others: [other = owner] }) => [
        demote(owner, id, other.userId),
        demote(other, id, owner.userId),
      ]),
    );
    const counts = organisations.map(({ id }) =>
      harness.database.organisationMember.count({ where: { ...OWNERS.where, organisationId: id } }),
    );
    return Promise.all(counts);
  }

  test('keep an owner when two demote each other', async () => {
    const demote = (by: UserCaller, id: string, userId: string) => setRole(by, id, userId, 'SCANNER');
    expect(await demoteEachOther(demote)).toEqual([1, 1, 1, 1]);
  });

  /** Whatever path does it, without the locks of `setMemberRole`. */
  const demoteRow = (_by: UserCaller, organisationId: string, userId: string) =>
    harness.database.organisationMember
      .updateMany({ where: { organisationId, userId }, data: { role: 'SCANNER' } })
      .catch(() => null);

  test('keep an owner also when something else demotes two', async () => {
    expect(await demoteEachOther(demoteRow)).toEqual([1, 1, 1, 1]);
  });

  test('would lose both without the lock', async () => {
    const [{ body } = { body: '' }] = await harness.database.$queryRaw<{ body: string }[]>`
      SELECT pg_get_functiondef('organisation_keeps_an_owner'::regproc) AS body`;
    const unlocked = body
      .replace(' FOR NO KEY UPDATE', '')
      .replace('RETURN NULL', 'PERFORM pg_sleep(0.2); RETURN NULL');
    await harness.database.$executeRawUnsafe(unlocked);
    try {
      expect(Math.min(...(await demoteEachOther(demoteRow)))).toBe(0);
    } finally {
      await harness.database.$executeRawUnsafe(body);
    }
  });

  test('and those invited are a hundred at most', async () => {
    const { id, owner } = await organisationOf();
    const at = new Date();
    const data = Array.from({ length: 99 }, (_, index) => ({
      ...{ id: `${id}_${index}`, organisationId: id, email: `guest${index}@example.com`, role: 'SCANNER' as const },
      ...{ invitedBy: owner.userId, createdAt: at, expiresAt: new Date(at.getTime() + 7 * DAY_MS) },
    }));
    await harness.database.organisationInvitation.createMany({ data: data.slice(1) });
    const counted = await Promise.all(
      [1, 2].map(() => harness.database.organisationInvitation.count({ where: { organisationId: id } })),
    );
    expect(counted, 'control: whoever counts without the lock finds a place').toEqual([98, 98]);
    const answers = await Promise.all(Array.from({ length: 4 }, () => invite(owner, id, 'SCANNER')));
    const codes = answers.map(({ code }) => code ?? 'INVITED').toSorted();
    expect(codes).toEqual([...Array.from({ length: 3 }, () => 'BAD_USER_INPUT'), 'INVITED']);
  });
});

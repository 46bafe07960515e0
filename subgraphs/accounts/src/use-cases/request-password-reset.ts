import { badInput, isCoded } from '@marquee/errors';
import type { Device } from '@marquee/subgraph';

import { networkOfDevice } from '../domain/device.ts';
import { parseEmail } from '@marquee/input';
import { resetAddressLimits, resetNetworkLimits } from '../domain/mail-limits.ts';
import type { OutgoingMails } from '../domain/ports.ts';
import type { Throttle } from '../domain/throttle.ts';

export interface RequestPasswordResetDeps {
  readonly outgoingMails: Pick<OutgoingMails, 'add'>;
  readonly throttle: Throttle;
}

/**
 * Sends a mail with which whoever reads it chooses a new password, if an account has the address.
 *
 * Only the job that sends mails looks for the account, so neither the answer nor its time tells whether there is one.
 * Beyond a few mails to one address no more are sent: the codes of those before still work.
 *
 * @throws {CodedError} BAD_USER_INPUT when the address is not valid
 * @throws {CodedError} RATE_LIMITED when the network has asked too often
 */
export async function requestPasswordReset(
  { outgoingMails, throttle }: RequestPasswordResetDeps,
  { email: typed, device }: { email: string; device: Device },
): Promise<void> {
  const address = parseEmail(typed);
  if (address === null) throw badInput('email', 'Enter a valid email address.');
  const add = () => outgoingMails.add({ kind: 'RESET_PASSWORD', userId: null, address });
  await throttle.attempt(resetNetworkLimits(networkOfDevice(device)), async () => {
    await throttle.attempt(resetAddressLimits(address), add).catch((error: unknown) => {
      if (!isCoded(error) || error.extensions.code !== 'RATE_LIMITED') throw error;
    });
  });
}

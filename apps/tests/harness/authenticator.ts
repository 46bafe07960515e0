import type { Page } from '@playwright/test';

/** A phone that unlocks for its owner. */
export interface Phone {
  /** Whether it does so at once, without being touched. */
  touch(isTouched: boolean): Promise<void>;
}

/** Gives a page an authenticator that keeps passkeys, and unlocks at once. */
export async function giveAuthenticator(page: Page): Promise<Phone> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return {
    touch: async (enabled) =>
      void (await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })),
  };
}

/** From the next document on, the browser offers no passkeys where it fills in addresses. */
export async function withoutAutofill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
}

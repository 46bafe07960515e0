const KEY = 'marquee.referral';

/** The code of an invitation, kept until the person signs up. */
export const keepReferral = (code: string): void => localStorage.setItem(KEY, code);
export const keptReferral = (): string | null => localStorage.getItem(KEY);
export const forgetReferral = (): void => localStorage.removeItem(KEY);

import { registeredOperations } from '../client/index.ts';
import type { Connection, UserErrorResult } from '../demo/operations.ts';

const storefront = registeredOperations('storefront');
const backoffice = registeredOperations('backoffice');

export const HoldBestAvailable = storefront<
  { holdBestAvailable: UserErrorResult & { hold?: { id: string } } },
  { input: { showId: string; quantity: number; idempotencyKey: string } }
>('HoldBestAvailable');

export const MyNotifications = storefront<
  { viewer: { notifications: Connection<{ title: string; booking: { id: string } | null }> } },
  { first: number }
>('MyNotifications');

export const CancelShow = backoffice<
  { cancelShow: UserErrorResult & { show?: { id: string } } },
  { showId: string; reason: string }
>('CancelShow');

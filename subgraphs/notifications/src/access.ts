import { type EntityReference, ownerOr } from '@marquee/subgraph';

import type { Notification } from './domain/notification.ts';

/** A person's own, and support's to read. */
const READ_OTHERS = 'users:read';

export const oneself = ownerOr(READ_OTHERS, ({ id }: EntityReference) => id);

export const recipient = ownerOr(READ_OTHERS, ({ userId }: Notification) => userId);

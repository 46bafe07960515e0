import { ownerOr } from '@marquee/subgraph';

import type { Notification, UserReference } from './domain/notification.ts';

/** A person's own, and support's to read. */
const READ_OTHERS = 'users:read';

export const oneself = ownerOr(READ_OTHERS, ({ id }: UserReference) => id);

export const recipient = ownerOr(READ_OTHERS, ({ userId }: Notification) => userId);

import { type EntityReference, ownerOr } from '@marquee/subgraph';

import type { Notification } from './domain/notification.ts';

/** A person's own, and administrators' to read. */
const READ_OTHERS = 'users:write';

export const oneself = ownerOr(READ_OTHERS, ({ id }: EntityReference) => id);

export const recipient = ownerOr(READ_OTHERS, ({ userId }: Notification) => userId);

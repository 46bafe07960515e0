import type { Tone } from '@marquee/app-kit/ui';

import type { SupportTicketStatus } from '../generated/graphql.ts';

const TONES: Readonly<Record<SupportTicketStatus, Tone>> = {
  OPEN: 'plain',
  PENDING: 'warning',
  SNOOZED: 'plain',
  RESOLVED: 'good',
};

export const statusTone = (status: SupportTicketStatus): Tone => TONES[status];

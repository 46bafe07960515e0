import type { Tone } from '@marquee/app-kit/ui';

import type { SupportPriority, SupportSlaStatus, SupportTicketStatus } from '../generated/graphql.ts';

export const STATUSES: readonly SupportTicketStatus[] = ['OPEN', 'PENDING', 'SNOOZED', 'RESOLVED'];
export const PRIORITIES: readonly SupportPriority[] = ['LOW', 'NORMAL', 'HIGH', 'URGENT'];

export const SLA_TONES: Readonly<Record<SupportSlaStatus, Tone>> = {
  ON_TRACK: 'good',
  AT_RISK: 'warning',
  BREACHED: 'bad',
  PAUSED: 'plain',
  MET: 'good',
};

export const PRIORITY_TONES: Readonly<Record<SupportPriority, Tone>> = {
  LOW: 'plain',
  NORMAL: 'plain',
  HIGH: 'warning',
  URGENT: 'bad',
};

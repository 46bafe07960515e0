import { bookingsMenu } from './bookings/routes.ts';
import { campaignMenu } from './campaigns/routes.ts';
import { couponMenu } from './coupons/routes.ts';
import { articleMenu, deskMenu } from './desk/routes.ts';
import { doorMenu } from './door/routes.ts';
import type { MenuEntry } from './frame/menu-entry.ts';
import { moderationMenu, reviewMenu } from './moderation/routes.ts';
import { payoutMenu, planMenu } from './money/routes.ts';
import { reportMenu } from './reports/routes.ts';
import { riskMenu } from './risk/routes.ts';
import { salesMenu } from './sales/routes.ts';
import { scheduleMenu } from './schedule/routes.ts';
import { titlesMenu } from './titles/routes.ts';
import { auditMenu, organisationMenu, userMenu } from './users/routes.ts';
import { venuesMenu } from './venues/routes.ts';

/** The menu, in its order. */
export const menu: readonly MenuEntry[] = [
  ...[scheduleMenu, salesMenu, doorMenu, bookingsMenu, titlesMenu, venuesMenu],
  ...[reportMenu, payoutMenu, couponMenu, campaignMenu, planMenu],
  ...[organisationMenu, reviewMenu, deskMenu, articleMenu, moderationMenu, userMenu, auditMenu, riskMenu],
];

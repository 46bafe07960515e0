import type { Marketplace } from '../marketplace.ts';
import { query } from '../server-process.ts';

/** Columns that name people, whatever their domain calls them. */
const NAMES =
  /(user|customer|holder|author|sender|voter|reporter|editor|agent|assignee|actor|invitee|referrer|owner|person|recipient|member)_id$|_by$|^link_to$/;
/** Columns that name a person or a visitor, so that a marketplace may have no person in them. */
const MAY_NAME = new Set(['suspects.key', 'risk_clicks.who', 'placements.viewer_key', 'campaign_views.viewer_key']);
/** Tables that every domain has for its events and requests: they have ids alone, for days. */
const OF_PACKAGES = '{outbox_events,unacknowledged_events,inbox_events,dead_letters,idempotency_keys,erased_people}';

const COLUMNS = `
  SELECT relname AS "table", attname AS "column" FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND attnum > 0
    AND NOT attisdropped AND atttypid = 'text'::regtype AND relname <> ALL ('${OF_PACKAGES}')`;

interface Column {
  readonly table: string;
  readonly column: string;
}

/** The tables of a database with a column that names people, by its name or by what is in it. */
export async function tablesOfPeople(databaseUrl: string): Promise<string[]> {
  const filled = new Set(Object.keys(await rowsWith(databaseUrl, String.raw`LIKE 'usr\_%'`)));
  const columns = (await query(databaseUrl, COLUMNS)) as Column[];
  const names = ({ table, column }: Column): boolean =>
    NAMES.test(column) || MAY_NAME.has(`${table}.${column}`) || filled.has(`${table}.${column}`);
  const found = columns.filter(names);
  return [...new Set(found.map(({ table }) => table))].toSorted();
}

/** The number of rows that name a person, by table and column. */
export const rowsOf = (databaseUrl: string, userId: string): Promise<Record<string, number>> =>
  rowsWith(databaseUrl, `= '${userId}'`);

async function rowsWith(databaseUrl: string, condition: string): Promise<Record<string, number>> {
  const columns = (await query(databaseUrl, COLUMNS)) as Column[];
  const counts = columns.map(
    ({ table, column }) =>
      `SELECT '${table}.${column}' AS name, count(*)::int AS rows FROM "${table}" WHERE "${column}" ${condition}`,
  );
  const rows = (await query(databaseUrl, counts.join(' UNION ALL '))) as { name: string; rows: number }[];
  return Object.fromEntries(rows.flatMap(({ name, rows: count }) => (count > 0 ? [[name, count]] : [])));
}

/** The sealed columns about a person, which no search for a text finds: the rows that have them. */
export async function sealedOf(marketplace: Marketplace, userId: string): Promise<Record<string, number>> {
  const count = async (domain: string, rows: string) => (await query(marketplace.databaseUrl(domain), rows)).length;
  return {
    offers: await count(
      'booking',
      `SELECT FROM ticket_transfers WHERE sender_id = '${userId}' AND to_address IS NOT NULL`,
    ),
    exports: await count('accounts', `SELECT FROM data_exports WHERE user_id = '${userId}' AND file IS NOT NULL`),
    mails: await count('accounts', `SELECT FROM outgoing_mails WHERE user_id = '${userId}'`),
  };
}

/** Under which name of the export each table is; of the others, why it is in none. */
export const HELD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accounts: {
    account_erasures: '- there is no account any more',
    attempt_windows: 'failedAttempts',
    audit_log: 'actedByRole',
    data_exports: 'dataExports',
    guess_notices: 'warnedOfGuesses',
    known_devices: 'knownDevices',
    mail_tokens: 'unusedMailLinks',
    organisation_invitations: 'invitedOthers',
    organisation_members: 'organisations',
    outgoing_mails: 'mailsToCome',
    passkey_challenges: '- a secret of five minutes',
    passkeys: 'passkeys',
    provider_identities: 'signInProviders',
    provider_logins: '- a secret of minutes',
    provider_sign_ins: '- a secret of minutes',
    recovery_codes: 'secondFactor',
    second_factor_challenges: '- a secret of minutes',
    sessions: 'sessions',
    totp_devices: 'secondFactor',
    users: 'account',
  },
  ads: {
    campaign_views: 'adsShown',
    campaigns: 'campaignsOfWork',
    placements: 'adsToBeSeen',
  },
  activity: {
    events: 'events',
    history_entries: 'history',
    risk_cases: 'riskCases',
    risk_clicks: 'clickPace',
    risk_due: '- a turn of half a second',
    risk_links: 'riskLinks',
    risk_people: 'riskLevel',
    risk_scores: 'riskScores',
    risk_signals: 'riskFacts',
    suspects: 'suspected',
    user_visitors: 'lastSeen',
  },
  booking: {
    bookings: 'bookings',
    buyer_limits: 'limits',
    hold_budgets: 'budgets',
    member_benefits: 'benefits',
    seat_claims: '- the seats of holds and bookings, which have them too',
    seat_holds: 'holds',
    risk_levels: '- the levels of risk that activity exports',
    support_cases: '- the states of tickets that support exports',
    ticket_transfers: 'offers',
    tickets: 'tickets',
    waiting_room_places: 'waitingRooms',
    waitlist_entries: 'waitlists',
  },
  feed: {
    interests: 'titlesLookedAt',
  },
  notifications: {
    inboxes: '- the number of notifications',
    mail_notices: 'mailsToCome',
    notice_keys: 'toldOnce',
    notification_preferences: 'channels',
    notifications: 'notifications',
    outgoing_mails: 'mailsToCome',
    push_deliveries: 'pushesToCome',
    push_endpoints: 'browsers',
    quiet_hours: 'quietHours',
    reminders: 'waitsFor',
    sent_mails: 'mails',
    suppressed_addresses: 'addressWithoutMail',
  },
  payments: {
    invoices: 'invoices',
    ledger_accounts: 'wallets',
    mandates: 'membershipsAndRecurringPayments',
    membership_plans: 'work',
    payable_bookings: '- a copy of what booking exports',
    payment_disputes: 'disputes',
    payment_methods: 'cards',
    payment_review_decisions: 'work',
    payments: 'payments',
    payouts: 'work',
    refunds: 'refunds',
    risk_levels: '- the levels of risk that activity exports',
    support_cases: '- the states of tickets that support exports',
    wallet_balances: 'wallets',
    wallet_rewards: 'owedOfRewards',
    wallets: 'wallets',
  },
  promotions: {
    code_tries: 'triedCodes',
    coupon_redemptions: 'coupons',
    coupon_uses: '- a count of the redemptions',
    coupons: 'couponsOfWork',
    referral_codes: 'referralCode',
    referral_rewards: 'rewards',
    referrals: 'referrals',
    reward_periods: '- a count of the rewards',
    suspended_people: 'suspensions',
  },
  ratings: {
    attendances: 'attendances',
    deleted_reviews: 'deletedReviews',
    helpful_votes: 'helpfulVotes',
    review_edits: 'edits',
    review_reports: 'reports',
    reviews: 'reviews',
  },
  support: {
    help_article_texts: 'editedHelpArticles',
    support_agents: 'onDuty',
    support_messages: 'writtenAsAgent',
    support_tickets: 'tickets',
    support_writers: 'countedMessages',
  },
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long an access token is valid. */
export const ACCESS_TOKEN_SECONDS = 600;

/** How long a refresh token can wait to be used, and so how long a session may stay unused. */
export const REFRESH_TOKEN_MS = 30 * DAY_MS;

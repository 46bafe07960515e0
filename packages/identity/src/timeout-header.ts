/** The time that the caller waits for an answer, in milliseconds. A duration, so that clocks need not agree. */
export const TIMEOUT_HEADER = 'marquee-timeout-ms';

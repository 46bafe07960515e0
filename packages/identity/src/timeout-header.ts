/** Tells a subgraph how long its answer is waited for, ms. A span, so that clocks need not agree. */
export const TIMEOUT_HEADER = 'marquee-timeout-ms';

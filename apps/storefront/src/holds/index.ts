export { Countdown } from './countdown.tsx';
export { HoldBar } from './hold-bar.tsx';
export { readMyHolds, useMyHolds } from './use-my-holds.ts';

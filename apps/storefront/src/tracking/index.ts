export { track, useTrack } from './track.ts';
export { Tracking } from './tracking.tsx';
export { useSeen } from './use-seen.ts';
export { useConsent } from './visitor.ts';

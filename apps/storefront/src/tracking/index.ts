export { track, type TrackedFields, type TrackedName, useTrack } from './track.ts';
export { Tracking } from './tracking.tsx';
export { useSeen } from './use-seen.ts';
export { type Consent, useConsent } from './visitor.ts';

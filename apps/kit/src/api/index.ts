export { type ApiOptions, createApi } from './client.ts';
export { type Api, ApiContext, useSession, useSessionState } from './context.ts';
export { type ConfirmIdentity, IdentityPrompt } from './identity.ts';
export { endIntent, intentKey } from './intent.ts';
export { useLive } from './live.ts';
export { type Problem, problemOf } from './problem.ts';
export { Session, SessionError, type SessionState } from './session.ts';
export { openSocket, type Socket } from './socket.ts';

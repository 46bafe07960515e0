import { createContext, useContext, useSyncExternalStore } from 'react';

import type { Session, SessionState } from './session.ts';
import type { Socket } from './socket.ts';

/** The ways to the backend, beside Apollo Client. */
export interface Api {
  readonly session: Session;
  readonly socket: Socket;
}

export const ApiContext = createContext<Api>(undefined as unknown as Api);

export function useSession(): Session {
  return useContext(ApiContext).session;
}

/** Whether somebody is signed in; the component is drawn again when that changes. */
export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, () => session.state);
}

/** The id of the person whose session it is, or was until it ran out; the component is drawn again for another one. */
export function usePerson(): string | undefined {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, () => session.person);
}

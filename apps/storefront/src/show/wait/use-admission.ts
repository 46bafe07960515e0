import { useMutation } from '@apollo/client/react';
import { useLive, useSessionState } from '@marquee/app-kit/api';
import { useCallback, useEffect, useState } from 'react';

import {
  EnterWaitingRoomDocument,
  type EnterWaitingRoomMutation,
  WaitingRoomChangedDocument,
} from '../../generated/graphql.ts';

type Place = EnterWaitingRoomMutation['enterWaitingRoom']['admission'];

/**
 * The person's place in the waiting room of a show. Once they have entered, a reload enters again, which keeps the place.
 *
 * @param isExpected whether the show is known to have a waiting room
 */
export function useAdmission(showId: string, isExpected: boolean) {
  const key = `marquee.waiting.${showId}`;
  const isSignedIn = useSessionState() === 'signed-in';
  const [wasRefused, setRefused] = useState(false);
  const [place, setPlace] = useState<Place>();
  const [hasEntered, setEntered] = useState(() => sessionStorage.getItem(key) !== null);
  const [send, { loading, error }] = useMutation(EnterWaitingRoomDocument);
  const read = useCallback(async () => {
    const { data } = await send({ variables: { showId } }).catch(() => ({ data: undefined }));
    if (data) setPlace(data.enterWaitingRoom.admission);
  }, [send, showId]);
  useEffect(() => {
    if (isSignedIn && hasEntered) queueMicrotask(() => void read());
  }, [isSignedIn, hasEntered, read]);

  const token = place?.admissionToken ?? undefined;
  useLive(
    WaitingRoomChangedDocument,
    { showId },
    {
      onEvent: ({ waitingRoomChanged }) => setPlace(waitingRoomChanged),
      onGap: () => void read(),
      skip: !isSignedIn || !hasEntered || place?.status === 'NOT_REQUIRED',
    },
  );
  const isAdmitted = token !== undefined || place?.status === 'NOT_REQUIRED';
  const enter = useCallback(() => {
    sessionStorage.setItem(key, 'entered');
    if (hasEntered) void read();
    else setEntered(true);
  }, [key, hasEntered, read]);
  /** The token is over, or the room was opened meanwhile. */
  const require = useCallback(() => {
    setRefused(true);
    setPlace(undefined);
    if (hasEntered) void read();
  }, [hasEntered, read]);
  return {
    mustWait: (isExpected || wasRefused) && !isAdmitted,
    token,
    place,
    hasEntered,
    isEntering: loading,
    error,
    enter,
    require,
  };
}

export type AdmissionState = ReturnType<typeof useAdmission>;

import { Navigate, useSearchParams } from 'react-router';

import { keepReferral } from './referral.ts';

/** Where invitations lead: the code is kept, and the person signs up. */
export function Component() {
  const [search] = useSearchParams();
  const code = search.get('ref');
  if (code) keepReferral(code);
  return <Navigate to="/register" replace />;
}

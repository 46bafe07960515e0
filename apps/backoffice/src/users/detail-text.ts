import { isRoleName, roleTexts } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';

import { userTexts } from './texts.ts';

const CODE = /\b[A-Z]+(?:_[A-Z]+)*\b/g;

/** Writes what an entry of the audit log says with roles and states of accounts in the page's language. */
export function useDetailText(): (detail: string) => string {
  const t = useTexts(userTexts);
  const roleName = useTexts(roleTexts);
  return (detail) => {
    const words = detail.replaceAll(CODE, (code) => {
      if (isRoleName(code)) return roleName(code);
      return code === 'ACTIVE' || code === 'SUSPENDED' ? t(code) : code;
    });
    return words === detail ? detail : words.replace(' to ', ' → ');
  };
}

import { defineTexts } from '../text/index.ts';

/** Roles of accounts, and of members of organisations. */
export const roleTexts = defineTexts({
  en: {
    CUSTOMER: 'Customer',
    PARTNER: 'Partner',
    ADVERTISER: 'Advertiser',
    SUPPORT_AGENT: 'Support agent',
    ANALYST: 'Analyst',
    ADMIN: 'Administrator',
    OWNER: 'Owner',
    MANAGER: 'Manager',
    BOX_OFFICE: 'Box office',
    SCANNER: 'Scanner',
    FINANCE: 'Finance',
  },
  de: {
    CUSTOMER: 'Kundschaft',
    PARTNER: 'Partner',
    ADVERTISER: 'Werbung',
    SUPPORT_AGENT: 'Support',
    ANALYST: 'Analyse',
    ADMIN: 'Administration',
    OWNER: 'Inhaber',
    MANAGER: 'Leitung',
    BOX_OFFICE: 'Kasse',
    SCANNER: 'Einlass',
    FINANCE: 'Finanzen',
  },
  hi: {
    CUSTOMER: 'ग्राहक',
    PARTNER: 'पार्टनर',
    ADVERTISER: 'विज्ञापनदाता',
    SUPPORT_AGENT: 'सहायता',
    ANALYST: 'विश्लेषक',
    ADMIN: 'प्रशासक',
    OWNER: 'मालिक',
    MANAGER: 'प्रबंधक',
    BOX_OFFICE: 'टिकट काउंटर',
    SCANNER: 'प्रवेश जाँच',
    FINANCE: 'वित्त',
  },
});

export type RoleName = keyof (typeof roleTexts)['en'];

/** Whether it is the name of a role, in the words of the graph. */
export function isRoleName(name: string): name is RoleName {
  return name in roleTexts.en;
}

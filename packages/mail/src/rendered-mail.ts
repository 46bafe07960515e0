import type { Language } from '@marquee/messages';
import mustache from 'mustache';

import { TEMPLATE } from './compiled-template.ts';
import type { MailMessage } from './mail.ts';

/** A link with what it leads to. */
export interface MailLink {
  readonly label: string;
  readonly url: string;
}

/** The text of a mail. */
export interface MailContent {
  /** The subject, and the heading. */
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A code to enter somewhere, on a line of its own. */
  readonly code?: string | undefined;
  /** Notices that one mail collects. */
  readonly items?: readonly { readonly title: string; readonly body: string }[];
  readonly action?: MailLink | undefined;
  /** Why the person gets it. */
  readonly footer?: readonly string[];
  readonly unsubscribe?: MailLink | undefined;
}

/** A mail's subject and its two parts, which say the same. Everything in the content is text, never HTML. */
export function renderMail(content: MailContent, language: Language): Pick<MailMessage, 'subject' | 'text' | 'html'> {
  const { title, paragraphs, code, items = [], action, footer = [], unsubscribe } = content;
  const preview = paragraphs[0] ?? items[0]?.title ?? '';
  const html = mustache.render(TEMPLATE, { ...content, items, footer, language, preview });
  const withUrl = (link: MailLink | undefined) => (link ? [`${link.label}:\n\n${link.url}`] : []);
  const blocks = [
    ...paragraphs,
    ...(code ? [code] : []),
    ...items.map((item) => `• ${item.title}\n  ${item.body}`),
    ...withUrl(action),
    ...(footer.length > 0 || unsubscribe ? ['--'] : []),
    ...footer,
    ...withUrl(unsubscribe),
  ];
  return { subject: title, text: `${blocks.join('\n\n')}\n`, html };
}

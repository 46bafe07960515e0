import { formatMoney } from '@marquee/money';
import { LRUCache } from 'lru-cache';
import { createRequire } from 'node:module';
import Pdf from 'pdfkit';
import QRCode from 'qrcode';

import { localStart, type PrintedTicket } from '../domain/document.ts';

const { resolve } = createRequire(import.meta.url);
/** A font with Latin, Greek and Cyrillic letters and signs of currencies; those built into PDF have no ₹. */
const FONT_FILE = resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
const BOLD_FILE = resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf');
export const FONT_FILES = [FONT_FILE, BOLD_FILE];

const PAGE = { width: 298, height: 420, margin: 28 };
const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;
const QR_SIZE = 180;
/** Modules of white around a QR code, without which scanners do not find it. */
const QUIET_ZONE = 4;
/** Tickets that stay printed in memory; each has about 20 kB. */
const MAX_PRINTED = 200;

/** Prints tickets, each once while it is read again and again: printing takes some 50 ms of the event loop. */
export class TicketPrinter {
  readonly #printed = new LRUCache<string, Buffer, PrintedTicket>({
    max: MAX_PRINTED,
    fetchMethod: (_key, _stale, { context }) => print(context),
  });

  /** The ticket as a PDF of one page. */
  print(ticket: PrintedTicket): Promise<Buffer> {
    return this.#printed.forceFetch(JSON.stringify(ticket), { context: ticket });
  }
}

async function print(ticket: PrintedTicket): Promise<Buffer> {
  const { margin, ...size } = PAGE;
  const page = new Pdf({
    ...{ size: [size.width, size.height], margin, font: FONT_FILE, lang: 'en', displayTitle: true },
    info: { Title: `Ticket: ${ticket.titleName}`, Creator: 'Marquee', Producer: 'Marquee' },
  });
  const written = collect(page);
  writeText(page, ticket);
  drawCode(page, ticket.qrCode);
  page.end();
  return written;
}

function collect(page: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((done, fail) => {
    page.on('data', (part: Buffer) => parts.push(part));
    page.on('end', () => done(Buffer.concat(parts)));
    page.on('error', fail);
  });
}

function writeText(page: PDFKit.PDFDocument, ticket: PrintedTicket): void {
  const { titleName, venueName, screenName, section, place, price, ticketId } = ticket;
  const line = { width: TEXT_WIDTH, height: 34, ellipsis: true };
  page.font(BOLD_FILE).fontSize(14).text(titleName, line).moveDown(0.3);
  page.font(FONT_FILE).fontSize(9).text(localStart(ticket), line).text(`${venueName}, ${screenName}`, line);
  page.moveDown(0.5).font(BOLD_FILE).fontSize(12).text([section, place].filter(Boolean).join(' · '), line);
  if (price) page.font(FONT_FILE).fontSize(9).text(formatMoney(price), line);
  const foot = 'Whoever shows this code first is admitted: keep it to yourself.';
  page.font(FONT_FILE).fontSize(6);
  page.text(`${foot}\n${ticketId}`, PAGE.margin, PAGE.height - PAGE.margin - 16, {
    width: TEXT_WIDTH,
    align: 'center',
  });
}

/** Draws the code's modules as one shape, so that it stays sharp at any size. */
function drawCode(page: PDFKit.PDFDocument, text: string): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = QR_SIZE / (modules.size + 2 * QUIET_ZONE);
  const [left, top] = [(PAGE.width - QR_SIZE) / 2, PAGE.height - PAGE.margin - 24 - QR_SIZE];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      page.rect(left + (column + QUIET_ZONE) * side, top + (row + QUIET_ZONE) * side, side, side);
    }
  }
  page.fill('black');
}

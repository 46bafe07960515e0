-- AlterEnum
ALTER TYPE "journal_entry_kind" ADD VALUE 'SALE_MOVED';

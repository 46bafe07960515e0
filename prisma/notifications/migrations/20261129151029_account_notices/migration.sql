-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'ACCOUNT';

-- AlterTable
ALTER TABLE "push_deliveries" ADD COLUMN     "is_urgent" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "push_paces" (
    "endpoint_id" TEXT NOT NULL,
    "kind" "NotificationKind" NOT NULL,
    "sent" TIMESTAMPTZ(3)[],

    CONSTRAINT "push_paces_pkey" PRIMARY KEY ("endpoint_id","kind")
);

-- AddForeignKey
ALTER TABLE "push_paces" ADD CONSTRAINT "push_paces_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "push_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

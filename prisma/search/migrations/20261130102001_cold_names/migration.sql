-- DropIndex
DROP INDEX "documents_slot_folded_name_idx";

-- Names of documents beyond the popular ones, by their beginning: the popular ones are found by their words.
CREATE INDEX "documents_cold_names" ON "documents" ("slot", "folded_name" text_pattern_ops) WHERE NOT "hot";

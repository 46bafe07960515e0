-- Events tell of accounts by id. Nobody read the address and the name, so no consumer has a dead letter with them.
UPDATE "outbox_events" SET "payload" = jsonb_build_object('userId', "payload" -> 'userId') WHERE "type" = 'account.registered';

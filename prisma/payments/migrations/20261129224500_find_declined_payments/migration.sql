-- What follows Prisma cannot express.

-- The declined cards of a customer: each card payment asks for those of the last hour. A payment that succeeds is never in it.
CREATE INDEX payments_declined ON payments (customer_id, created_at) WHERE status = 'FAILED';

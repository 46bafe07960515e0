import type { FastifyInstance } from 'fastify';

import { requireApiKey } from './api-key.ts';
import {
  answerAction,
  cancelCharge,
  chargesByReference,
  type ChargesDeps,
  createCharge,
  findCharge,
  listCharges,
} from './charges.ts';
import { actionPage, cardsPage } from './pages.ts';
import { removePaymentMethod, savePaymentMethod } from './payment-methods.ts';
import { createPayout, listPayouts, payoutsByReference } from './payouts.ts';
import { createRefund, listRefunds, refundsByReference } from './refunds.ts';
import {
  actionQuery,
  chargeBody,
  idempotencyOf,
  idParams,
  listQuery,
  parsed,
  paymentMethodBody,
  payoutBody,
  refundBody,
} from './requests.ts';
import { paymentMethodView } from './views.ts';

/** The dependencies of the routes. */
export interface ApiDeps extends ChargesDeps {
  readonly apiKey: string;
  /** Called after each change that may have queued a webhook. */
  readonly onChange: () => void;
  /** Delays the first response for a flaky card. */
  readonly withhold: () => Promise<void>;
}

/** The merchant's API, which requires the API key. */
export async function merchantRoutes(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  app.addHook('onRequest', requireApiKey(deps.apiKey));

  app.post('/v1/payment_methods', async (request, reply) => {
    const { token } = parsed(paymentMethodBody, request.body);
    return reply.code(201).send(paymentMethodView(await savePaymentMethod(deps.client, token, deps.now())));
  });

  app.delete('/v1/payment_methods/:id', async (request, reply) => {
    await removePaymentMethod(deps.client, parsed(idParams, request.params).id);
    return reply.code(204).send();
  });

  app.post('/v1/charges', async (request, reply) => {
    const body = parsed(chargeBody, request.body);
    const { charge, answersLate } = await createCharge(deps, body, idempotencyOf(request, body));
    deps.onChange();
    if (answersLate) await deps.withhold();
    return reply.code(201).send(charge);
  });

  app.get('/v1/charges', async (request) => {
    const query = parsed(listQuery, request.query);
    return 'reference' in query ? { data: await chargesByReference(deps, query.reference) } : listCharges(deps, query);
  });

  app.get('/v1/charges/:id', async (request) => findCharge(deps, parsed(idParams, request.params).id));

  app.post('/v1/charges/:id/cancel', async (request) => {
    const charge = await cancelCharge(deps, parsed(idParams, request.params).id);
    deps.onChange();
    return charge;
  });

  app.post('/v1/charges/:id/refunds', async (request, reply) => {
    const body = parsed(refundBody, request.body);
    const { id: chargeId } = parsed(idParams, request.params);
    const refund = await createRefund(deps, { chargeId, ...body }, idempotencyOf(request, body));
    deps.onChange();
    return reply.code(201).send(refund);
  });

  app.get('/v1/refunds', async (request) => {
    const query = parsed(listQuery, request.query);
    return 'reference' in query ? { data: await refundsByReference(deps, query.reference) } : listRefunds(deps, query);
  });

  app.post('/v1/payouts', async (request, reply) => {
    const body = parsed(payoutBody, request.body);
    const payout = await createPayout(deps, body, idempotencyOf(request, body));
    deps.onChange();
    return reply.code(201).send(payout);
  });

  app.get('/v1/payouts', async (request) => {
    const query = parsed(listQuery, request.query);
    return 'reference' in query ? { data: await payoutsByReference(deps, query.reference) } : listPayouts(deps, query);
  });
}

/**
 * The cards to pay with; and the payer's page, which completes a payment when it is opened, or ends it as the query
 * says, and leads back.
 */
export async function payerRoutes(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(cardsPage()));

  app.get('/actions/:id', async (request, reply) => {
    const { answer } = parsed(actionQuery, request.query);
    const { charge, returnUrl } = await answerAction(deps, parsed(idParams, request.params).id, answer);
    deps.onChange();
    if (returnUrl !== null) return reply.header('cache-control', 'no-store').redirect(returnUrl, 303);
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(actionPage(charge));
  });
}

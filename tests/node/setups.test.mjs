// The life of a SetupIntent, as an application writes it in JavaScript.

import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, CARD, stripe } from "./client.mjs";

const CHALLENGED = "pm_card_threeDSecure2Required";

test("an intent is created, found, described and listed", async () => {
  const made = await stripe.setupIntents.create({ ...CARD, metadata: { order: "6735" } });
  assert.equal(made.status, "requires_payment_method");
  const found = await stripe.setupIntents.retrieve(made.id);
  assert.deepEqual(found.metadata, { order: "6735" });
  const told = await stripe.setupIntents.update(made.id, { description: "For the flat" });
  assert.equal(told.description, "For the flat");
  const listed = await stripe.setupIntents.list({ limit: 1 });
  assert.equal(listed.data[0].id, made.id);
});

test("a confirmation saves the card and is an attempt", async () => {
  const customer = await stripe.customers.create({ name: "Jenny" });
  const intent = await stripe.setupIntents.create({ ...CARD, customer: customer.id });
  const confirmed = await stripe.setupIntents.confirm(intent.id, {
    payment_method: "pm_card_visa",
    expand: ["payment_method", "latest_attempt"],
  });
  assert.equal(confirmed.status, "succeeded");
  assert.equal(confirmed.payment_method.customer, customer.id);
  const attempts = await stripe.setupAttempts.list({ setup_intent: intent.id });
  assert.deepEqual(attempts.data.map((one) => one.id), [confirmed.latest_attempt.id]);
});

test("a decline is thrown with the intent and the code", async () => {
  const intent = await stripe.setupIntents.create({ ...CARD });
  await assert.rejects(
    stripe.setupIntents.confirm(intent.id, { payment_method: "pm_card_chargeDeclined" }),
    (error) => {
      assert.equal(error.type, "StripeCardError");
      assert.equal(error.statusCode, 402);
      assert.equal(error.code, "card_declined");
      assert.equal(error.setup_intent.id, intent.id);
      assert.match(error.requestId, /^req_/);
      return true;
    },
  );
});

test("a page confirms with a publishable key and the client's secret", async () => {
  const intent = await stripe.setupIntents.create({ ...CARD });
  const method = await browser.paymentMethods.create({ type: "card", card: { token: "tok_visa" } });
  const confirmed = await browser.setupIntents.confirm(intent.id, {
    client_secret: intent.client_secret,
    payment_method: method.id,
  });
  assert.equal(confirmed.status, "succeeded");
  assert.equal(confirmed.metadata, undefined);
});

test("a challenged intent waits, and is canceled", async () => {
  const intent = await stripe.setupIntents.create({
    ...CARD,
    confirm: true,
    payment_method: CHALLENGED,
    return_url: "https://shop.example/back",
  });
  assert.equal(intent.status, "requires_action");
  assert.equal(intent.next_action.type, "redirect_to_url");
  const canceled = await stripe.setupIntents.cancel(intent.id, {
    cancellation_reason: "abandoned",
  });
  assert.equal(canceled.status, "canceled");
});

test("the same key gets the same answer", async () => {
  const options = { idempotencyKey: `node-${process.pid}` };
  const first = await stripe.setupIntents.create({ ...CARD }, options);
  const again = await stripe.setupIntents.create({ ...CARD }, options);
  assert.equal(again.id, first.id);
  assert.equal(again.lastResponse.headers["idempotent-replayed"], "true");
  await assert.rejects(stripe.setupIntents.create({ ...CARD, usage: "on_session" }, options), {
    type: "StripeIdempotencyError",
  });
});

test("an intent that is not there is not found", async () => {
  await assert.rejects(stripe.setupIntents.retrieve("seti_none"), {
    type: "StripeInvalidRequestError",
    code: "resource_missing",
    param: "intent",
    statusCode: 404,
  });
});

test("a bank account is verified by microdeposits, under a mandate", async () => {
  const waiting = await stripe.setupIntents.create({
    allowed_payment_method_types: ["us_bank_account"],
    confirm: true,
    mandate_data: { customer_acceptance: { type: "offline", offline: {} } },
    payment_method_data: {
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type: "individual",
        account_number: "000123456789",
        routing_number: "110000000",
      },
      billing_details: { name: "Jenny Rosen" },
    },
    payment_method_options: { us_bank_account: { verification_method: "microdeposits" } },
  });
  assert.equal(waiting.next_action.type, "verify_with_microdeposits");
  const code = { descriptor_code: "SM11AA" };
  const verified = await stripe.setupIntents.verifyMicrodeposits(waiting.id, code);
  assert.equal(verified.status, "succeeded");
  assert.equal((await stripe.mandates.retrieve(verified.mandate)).status, "active");
});

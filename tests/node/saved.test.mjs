// Customers, what they have saved, and the tokens that it came by.

import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, CARD, stripe } from "./client.mjs";

test("a customer lives a life", async () => {
  const made = await stripe.customers.create({ email: "node@example.com" });
  const told = await stripe.customers.update(made.id, { name: "Jenny" });
  assert.equal(told.name, "Jenny");
  assert.equal((await stripe.customers.retrieve(made.id)).email, "node@example.com");
  const met = [];
  for await (const one of stripe.customers.list({ limit: 1, email: "node@example.com" })) {
    met.push(one.id);
  }
  assert.ok(met.includes(made.id));
  assert.equal((await stripe.customers.del(made.id)).deleted, true);
  assert.equal((await stripe.customers.retrieve(made.id)).deleted, true);
});

test("customers are searched", async () => {
  const made = await stripe.customers.create({ metadata: { node: String(process.pid) } });
  const found = await stripe.customers.search({ query: `metadata['node']:'${process.pid}'` });
  assert.deepEqual(found.data.map((one) => one.id), [made.id]);
});

test("a payment method is made, kept and given up", async () => {
  const customer = await stripe.customers.create();
  const made = await stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } });
  await stripe.paymentMethods.attach(made.id, { customer: customer.id });
  const told = await stripe.paymentMethods.update(made.id, { metadata: { a: "b" } });
  assert.deepEqual(told.metadata, { a: "b" });
  const kept = await stripe.customers.retrievePaymentMethod(customer.id, made.id);
  assert.equal(kept.customer, customer.id);
  const ofCustomer = await stripe.customers.listPaymentMethods(customer.id);
  const listed = await stripe.paymentMethods.list({ customer: customer.id, type: "card" });
  assert.deepEqual(ofCustomer.data, listed.data);
  assert.equal((await stripe.paymentMethods.detach(made.id)).customer, null);
  assert.equal((await stripe.paymentMethods.retrieve(made.id)).customer, null);
});

test("a token stands for a card, once", async () => {
  const card = { number: "4242424242424242", exp_month: "12", exp_year: "2034", cvc: "123" };
  const token = await browser.tokens.create({ card });
  assert.equal((await stripe.tokens.retrieve(token.id)).used, false);
  const made = await stripe.paymentMethods.create({ type: "card", card: { token: token.id } });
  assert.equal(made.card.last4, "4242");
  await assert.rejects(
    stripe.paymentMethods.create({ type: "card", card: { token: token.id } }),
    { code: "token_already_used" },
  );
});

test("a confirmation token carries what a confirmation needs", async () => {
  const token = await stripe.testHelpers.confirmationTokens.create({
    payment_method: "pm_card_visa",
  });
  const intent = await stripe.setupIntents.create({
    ...CARD,
    confirm: true,
    confirmation_token: token.id,
  });
  assert.equal(intent.status, "succeeded");
  assert.equal((await stripe.confirmationTokens.retrieve(token.id)).setup_intent, intent.id);
});

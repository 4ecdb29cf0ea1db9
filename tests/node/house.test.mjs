// The account, its events, and who is told of them.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { CARD, stripe } from "./client.mjs";

async function subscriber(types) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/`;
  const endpoint = await stripe.webhookEndpoints.create({ url, enabled_events: types });
  return { server, endpoint };
}

async function delivery(server) {
  const [request, response] = await once(server, "request");
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.end();
  return { body: Buffer.concat(chunks), signature: request.headers["stripe-signature"] };
}

test("a delivery is signed, and tells what happened", async () => {
  const { server, endpoint } = await subscriber(["setup_intent.succeeded"]);
  try {
    const heard = delivery(server);
    const intent = await stripe.setupIntents.create({
      ...CARD,
      confirm: true,
      payment_method: "pm_card_visa",
    });
    const { body, signature } = await heard;
    const event = stripe.webhooks.constructEvent(body, signature, endpoint.secret);
    assert.equal(event.type, "setup_intent.succeeded");
    assert.equal(event.data.object.id, intent.id);
    assert.throws(() => stripe.webhooks.constructEvent(body, signature, "whsec_another"));
    assert.equal((await stripe.events.retrieve(event.id)).type, event.type);
  } finally {
    server.close();
    await stripe.webhookEndpoints.del(endpoint.id);
  }
});

test("an endpoint is found, changed and listed", async () => {
  const { server, endpoint } = await subscriber(["mandate.updated"]);
  server.close();
  const changed = await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  assert.equal(changed.status, "disabled");
  assert.equal((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret, undefined);
  const listed = await stripe.webhookEndpoints.list();
  assert.ok(listed.data.some((one) => one.id === endpoint.id));
  assert.equal((await stripe.webhookEndpoints.del(endpoint.id)).deleted, true);
});

test("events are listed by type", async () => {
  const customer = await stripe.customers.create();
  const listed = await stripe.events.list({ type: "customer.created", limit: 100 });
  assert.ok(listed.data.some((event) => event.data.object.id === customer.id));
});

test("the account tells of itself", async () => {
  const own = await stripe.accounts.retrieveCurrent();
  assert.equal((await stripe.accounts.retrieve(own.id)).id, own.id);
  assert.equal((await stripe.accounts.list()).object, "list");
});

test("a configuration says what is offered", async () => {
  const made = await stripe.paymentMethodConfigurations.create({ name: "No wallets" });
  const changed = await stripe.paymentMethodConfigurations.update(made.id, {
    link: { display_preference: { preference: "off" } },
  });
  assert.equal(changed.link.display_preference.value, "off");
  const found = await stripe.paymentMethodConfigurations.retrieve(made.id);
  assert.equal(found.name, "No wallets");
  const listed = await stripe.paymentMethodConfigurations.list();
  assert.ok(listed.data.some((one) => one.id === made.id));
});

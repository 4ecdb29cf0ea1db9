// The official SDK, pointed at the server, with every answer that it receives written down
// for whoever started this: one line of JSON each, in the file that SETI_HEARD names.

import { appendFileSync } from "node:fs";
import Stripe from "stripe";

const url = new URL(process.env.SETI_URL);

function writing(client) {
  return {
    getClientName: () => client.getClientName(),
    makeRequest: async (host, port, path, method, headers, body, protocol, timeout) => {
      const response = await client.makeRequest(
        host, port, path, method, headers, body, protocol, timeout,
      );
      response._parseResponseBody = (text) => {
        const heard = {
          method,
          path,
          sent: headers,
          status: response.getStatusCode(),
          headers: response.getHeaders(),
          body: text,
        };
        appendFileSync(process.env.SETI_HEARD, `${JSON.stringify(heard)}\n`);
        return JSON.parse(text);
      };
      return response;
    },
  };
}

export function client(key = process.env.SETI_SECRET_KEY) {
  return new Stripe(key, {
    host: url.hostname,
    port: url.port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: writing(Stripe.createNodeHttpClient()),
  });
}

export const stripe = client();
export const browser = client(process.env.SETI_PUBLISHABLE_KEY);
export const CARD = { allowed_payment_method_types: ["card"] };

// What the figures share: the lines that the bench's Java side reads, and signed-in pages with an empty cache.
import { open } from '../chromium.mjs';

/** One line of JSON each: {"figure": NAME, "value": NUMBER} or {"note": TEXT}. */
export function figure(name, value) {
  console.log(JSON.stringify({ figure: name, value }));
}

export function note(text) {
  console.log(JSON.stringify({ note: text }));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** A server that runs: the link that signs in once, and statements without a browser. */
export class Site {
  constructor(origin, token) {
    this.origin = origin;
    this.token = token;
  }

  async post(path, body) {
    const answer = await fetch(this.origin + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }

  /** Runs a statement to its end. */
  async sql(statement) {
    const answer = await this.post('/api/v1/sql', { statement, limits: { wait_ms: 30000 } });
    if (answer.state !== 'FINISHED') throw new Error(`${statement}: ${JSON.stringify(answer.error ?? answer.state)}`);
    return answer;
  }

  async link() {
    return this.origin + (await this.post('/api/v1/signin-link')).path;
  }

  /** A signed-in page of its own, in its own context. */
  async page(browser, options) {
    return open(browser, await this.link(), options);
  }
}

// Speaks to the compiled worker from a test: what samovar.client.worker.Messages describes.

/** Starts the worker in a page of the test server; the calls run in the page. */
export async function startWorker(page) {
  await page.evaluate(() => new Promise((resolve, reject) => {
    const worker = new Worker('/app/worker-boot.js', { type: 'module' });
    const state = { worker, answers: new Map(), last: 0 };
    worker.onerror = (event) => reject(new Error(`worker: ${event.message}`));
    worker.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.type === 'ready') {
        resolve();
        return;
      }
      state.answers.get(message.id)(message);
    };
    globalThis.samovar = state;
    globalThis.ask = (request, { cancelAfterDeltas = Infinity, cancelAt } = {}) => new Promise((done) => {
      const id = ++state.last;
      const events = [];
      state.answers.set(id, (message) => {
        events.push({ ...message, at: performance.now() });
        const reached = cancelAt !== undefined && message.phase === cancelAt;
        if (reached || message.type === 'delta' && events.filter((event) => event.type === 'delta').length === cancelAfterDeltas) {
          worker.postMessage(JSON.stringify({ type: 'cancel', id }));
        }
        if (!['progress', 'delta'].includes(message.type)) {
          done(events);
        }
      });
      worker.postMessage(JSON.stringify({ type: request.type, id, ...request }));
    });
  }));
  const ask = (request, options) => page.evaluate(([r, o]) => globalThis.ask(r, o), [request, options]);
  return {
    /** All answers to one request, the deciding one last. */
    ask,
    /** The deciding answer to one request. */
    last: async (request, options) => (await ask(request, options)).at(-1),
  };
}

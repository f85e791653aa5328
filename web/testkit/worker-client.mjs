// Speaks to the compiled worker from a test: what samovar.client.worker.Messages describes.

/** Starts the worker that chats, or another, in a page of the test server; the calls run in the page. */
export async function startWorker(page, boot = 'worker-boot.js') {
  await page.evaluate((script) => new Promise((resolve, reject) => {
    const worker = new Worker(`/app/${script}`, { type: 'module' });
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
    globalThis.ask = (request, { cancelAfterDeltas = Infinity, cancelAt, cancelAfterBytes = Infinity, bytes } = {}) => new Promise((done) => {
      const id = ++state.last;
      const events = [];
      state.answers.set(id, (message) => {
        events.push({ ...message, at: performance.now() });
        const reached = cancelAt !== undefined && message.phase === cancelAt || message.loaded_bytes >= cancelAfterBytes;
        if (reached || message.type === 'delta' && events.filter((event) => event.type === 'delta').length === cancelAfterDeltas) {
          worker.postMessage(JSON.stringify({ type: 'cancel', id }));
        }
        if (!['progress', 'delta'].includes(message.type)) {
          done(events);
        }
      });
      const text = JSON.stringify({ type: request.type, id, ...request });
      if (bytes) {
        worker.postMessage({ text, bytes }, [bytes.buffer]);
      } else {
        worker.postMessage(text);
      }
    });
  }), boot);
  const ask = (request, options) => page.evaluate(([r, o]) => globalThis.ask(r, o), [request, options]);
  return {
    /** All answers to one request, the deciding one last. */
    ask,
    /** The deciding answer to one request. */
    last: async (request, options) => (await ask(request, options)).at(-1),
    /** `ask` with the bytes that lie at an address, which go to the worker beside the request. */
    askAbout: (url, request, options) => page.evaluate(async ([u, r, o]) => {
      const bytes = new Int8Array(await (await fetch(u)).arrayBuffer());
      return globalThis.ask(r, { ...o, bytes });
    }, [url, request, options]),
  };
}

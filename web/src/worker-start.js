// What the workers of both pages begin with.
import { prepareOrt } from './ort.js';

/** Runs a compiled client, which `load` imports, as a worker. */
export async function startWorker(load) {
  // The largest part by far comes first: it is fetched and compiled while the rest starts and the model's files come in.
  prepareOrt();
  try {
    const { main } = await load();
    main(['worker']);
  } catch (error) {
    // Out of the promise, so that the page hears of it.
    setTimeout(() => {
      throw error;
    });
  }
}

// Captions of pictures: Samovar's worker against Transformers.js in one, turn about.
import { readJson } from '../../web/testkit/server.mjs';
import { startWorker } from '../../web/testkit/worker-client.mjs';

const id = 'bundled/Florence-2-tiny-shapes';
const folder = 'shared/src/test/resources/goldens/florence/images';
const tokens = 100;
// PNG alone: decoders differ over JPEG.
const scenes = readJson('shared/src/test/resources/goldens/florence/generation.json').cases.filter(({ image }) => image.endsWith('.png'));
// A picture never follows itself: of one that it has just seen Samovar keeps the features. Chromium's software adapter takes seconds to look
// at one, so there it is a few with short answers.
const questions = {
  wasm: { task: '<DETAILED_CAPTION>', pictures: scenes, warmUp: 2, most: Infinity },
  webgpu: { task: '<CAPTION>', pictures: scenes.filter(({ image }) => ['scene01.png', 'scene06.png'].includes(image)), warmUp: 1, most: 3 },
};
const documentedMix = { embed_tokens: 'fp16', vision_encoder: 'fp16', encoder_model: 'q4', decoder_model_merged: 'q4' };

async function samovar(page, dtype, device) {
  const worker = await startWorker(page, 'pictures-worker-boot.js');
  const { plan, ...refusal } = await worker.last({ type: 'plan', model: id, dtype, device });
  const loaded = plan ? await worker.last({ type: 'load', plan }) : refusal;
  if (loaded.type !== 'loaded') {
    throw new Error(JSON.stringify(loaded));
  }
  return async (url, task) => {
    const { events, asked, ended } = await page.evaluate(async ([address, request]) => {
      const bytes = new Int8Array(await (await fetch(address)).arrayBuffer());
      const start = performance.now();
      const told = await globalThis.ask(request, { bytes });
      return { events: told, asked: start, ended: performance.now() };
    }, [url, { type: 'caption', form: { model: id, task, max_new_tokens: String(tokens) } }]);
    const end = events.at(-1);
    if (end.type !== 'finished') {
      throw new Error(end.problem);
    }
    return { text: end.result, preprocessMillis: end.preprocess_millis, firstMillis: events[0].at - asked, millis: ended - asked };
  };
}

/** Sends to the peer's worker; `url` is a picture whose bytes go with the message. */
function askPeer(page, message, url) {
  return page.evaluate(async ([data, address]) => {
    globalThis.peer ??= new Worker('/bench/transformers-captions-worker.js', { type: 'module' });
    const bytes = address && new Uint8Array(await (await fetch(address)).arrayBuffer());
    return new Promise((resolve, reject) => {
      globalThis.peer.onerror = (event) => reject(new Error(event.message));
      const start = performance.now();
      let firstMillis;
      globalThis.peer.onmessage = (event) => {
        if (event.data.error) {
          reject(new Error(event.data.error));
        } else if (event.data.first) {
          firstMillis = performance.now() - start;
        } else {
          resolve({ ...event.data, firstMillis, millis: performance.now() - start });
        }
      };
      globalThis.peer.postMessage({ ...data, bytes }, bytes ? [bytes.buffer] : []);
    });
  }, [message, url]);
}

async function transformers(page, dtype, device) {
  await askPeer(page, { type: 'load', id, dtype, device, threads: 1 });
  return async (url, task) => {
    const { result, ...times } = await askPeer(page, { type: 'caption', task, tokens }, url);
    return { text: result, ...times };
  };
}

/** One dtype or map of them on one device; each round is one picture, asked of both sides. */
async function compareDtypes(openPage, title, dtype, device, asked, print) {
  const { task, pictures, warmUp, most } = questions[device];
  const rounds = warmUp + Math.min(most, asked);
  const sides = [
    await samovar(await openPage(), dtype, device),
    await transformers(await openPage(), dtype, device),
  ];
  const results = sides.map(() => ({ preprocess: [], first: [], whole: [] }));
  for (let round = 0; round < rounds; round++) {
    const scene = pictures[round % pictures.length];
    for (const index of round % 2 ? [1, 0] : [0, 1]) {
      const { text, preprocessMillis, firstMillis, millis } = await sides[index](`/files/${folder}/${scene.image}`, task);
      if (text !== scene.tasks[task].post_processed[task]) {
        throw new Error(`side ${index} says of ${scene.image}: ${JSON.stringify(text)}`);
      }
      if (round >= warmUp) {
        results[index].preprocess.push(preprocessMillis);
        results[index].first.push(firstMillis);
        results[index].whole.push(millis);
      }
    }
  }
  const [ours, theirs] = results;
  print(`${title}: caption, preprocessing`, 'ms', ours.preprocess, theirs.preprocess, false);
  print(`${title}: caption, first token`, 'ms', ours.first, theirs.first, false);
  print(`${title}: caption, whole`, 'ms', ours.whole, theirs.whole, false);
}

/** Prints the rows of captions; `startBrowser` and `openPage(browser)` are the bench's. */
export async function compareCaptions({ startBrowser, openPage, rounds, print, device }) {
  const browser = await startBrowser({ webgpu: device === 'webgpu' });
  try {
    const open = () => openPage(browser);
    await compareDtypes(open, `${device} fp32`, 'fp32', device, rounds, print);
    if (device === 'wasm') {
      await compareDtypes(open, 'wasm mix', documentedMix, device, rounds, print);
    }
  } finally {
    await browser.close();
  }
}

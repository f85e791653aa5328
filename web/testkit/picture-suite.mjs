// What the tests of pictures in the worker share: the small Florence-2, its reference answers, and how they are compared.
import assert from 'node:assert/strict';
import { readJson } from './server.mjs';
import { load, openWorker, server } from './worker-suite.mjs';

/** The worker of the page of pictures. */
export const boot = 'pictures-worker-boot.js';
export const florence = 'bundled/Florence-2-tiny-shapes';
/** Untrained, with the original's geometry and settings (three beams, no repeated n-grams of 3). */
export const large = 'bundled/Florence-2-random-768';
export const largeHalfEdges = `${large}-half-edges`;
/** The dtypes of Transformers.js' own example. */
export const documentedMix = { embed_tokens: 'fp16', vision_encoder: 'fp16', encoder_model: 'q4', decoder_model_merged: 'q4' };
export const scenes = readJson('shared/src/test/resources/goldens/florence/generation.json').cases;
export const captionTasks = ['<CAPTION>', '<DETAILED_CAPTION>', '<MORE_DETAILED_CAPTION>'];
const images = '/files/shared/src/test/resources/goldens/florence/images/';

/** Below this the reference itself was undecided: another dtype, or a JPEG decoded by another program, may choose the other token. */
const decided = 0.5;
/** Boxes are near ties throughout; this is what another dtype moves them by at most, seen with Transformers.js too. */
const leastOverlap = 0.5;

/** A worker for pictures in a fresh page. */
export function openPictures(browser, at = server) {
  return openWorker(browser, at, boot);
}

/** Asks one task about one golden picture; all events, the answer last. */
export function caption(worker, image, task, settings = {}, options = {}) {
  const form = { model: florence, task, ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])) };
  return worker.askAbout(images + image, { type: 'caption', form }, options);
}

const largeGolden = readJson('shared/src/test/resources/goldens/florence_768.json');
/** Which settings the goldens of the large model were made with, by their names there; its own are the first. */
const largeSettings = {
  beam3_no_repeat_ngram_3: {},
  beam3: { no_repeat_ngram_size: 0 },
  greedy_no_repeat_ngram_3: { num_beams: 1 },
  greedy: { num_beams: 1, no_repeat_ngram_size: 0 },
};

/** Bytes of the large model's weights in the documented dtypes, where fp16 is the files of this ending. */
export function largeBytes(fp16) {
  return [`embed_tokens${fp16}`, `vision_encoder${fp16}`, 'encoder_model_q4', 'decoder_model_merged_q4']
    .reduce((sum, name) => sum + largeGolden.model_files[`onnx/${name}.onnx`].bytes, 0);
}

export const largeTasks = Object.keys(largeGolden.tasks);
export const largeWays = Object.keys(largeSettings);

/** Asks these tasks about the golden's picture in these ways, and compares token by token; gives how many were compared. */
export async function compareLarge(worker, tasks, ways = largeWays) {
  let compared = 0;
  for (const task of tasks) {
    const expected = largeGolden.tasks[task];
    for (const way of ways) {
      const settings = { max_new_tokens: largeGolden.generation_settings.max_new_tokens, ...largeSettings[way] };
      const answer = (await caption(worker, `../../${largeGolden.image.file}`, task, settings)).at(-1);
      const where = `${task} ${way}`;
      assert.equal(answer.type, 'finished', `${where}: ${JSON.stringify(answer)}`);
      assert.deepEqual(answer.token_ids, expected[way].ids.slice(1), where);
      assert.deepEqual([answer.width, answer.height], [largeGolden.image.width, largeGolden.image.height]);
      compared += 1;
    }
  }
  return compared;
}

export function planFlorence(worker, dtype, device) {
  return worker.last({ type: 'plan', model: florence, dtype, device });
}

export function loadFlorence(worker, dtype, device) {
  return load(worker, dtype, device, florence);
}

/**
 * Compares the captions of these pictures with the reference, where that was decided; gives how many were compared.
 * @param {string} ids under which name the reference's tokens stand
 */
export async function compareCaptions(worker, pictures, tasks = captionTasks, settings = {}, ids = 'generated_ids') {
  let compared = 0;
  for (const golden of pictures) {
    for (const task of tasks) {
      const expected = golden.tasks[task];
      if (expected.min_margin < decided || !expected[ids]) {
        continue;
      }
      const where = `${golden.image} ${task}`;
      const events = await caption(worker, golden.image, task, { max_new_tokens: 100, ...settings });
      const answer = events.at(-1);
      assert.equal(answer.type, 'finished', `${where}: ${JSON.stringify(answer)}`);
      assert.deepEqual(answer.token_ids, expected[ids].slice(1), where);
      assert.deepEqual(answer.result, expected.post_processed[task], where);
      assert.equal(answer.task, task);
      assert.equal(answer.reason, 'stop');
      assert.deepEqual([answer.width, answer.height], [golden.width, golden.height], where);
      assert.ok(answer.preprocess_millis >= 0 && answer.preprocess_millis < answer.first_token_millis, where);
      const told = events.filter((event) => event.type === 'delta').map((event) => event.text).join('');
      assert.equal(told, answer.text, where);
      compared += 1;
    }
  }
  return compared;
}

/** Compares the objects found in these pictures: the same labels, each in about the same place. */
export async function compareObjects(worker, pictures) {
  for (const golden of pictures) {
    const expected = golden.tasks['<OD>'].post_processed['<OD>'];
    const answer = (await caption(worker, golden.image, '<OD>', { max_new_tokens: 100 })).at(-1);
    assert.equal(answer.type, 'finished', JSON.stringify(answer));
    assert.deepEqual(answer.result.labels, expected.labels, golden.image);
    answer.result.bboxes.forEach((box, i) => {
      const overlap = intersectionOverUnion(box, expected.bboxes[i]);
      assert.ok(overlap >= leastOverlap, `${golden.image}: ${expected.labels[i]} overlaps by ${overlap}`);
    });
  }
}

function intersectionOverUnion(a, b) {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const both = width * height;
  return both / (area(a) + area(b) - both);
}

function area([left, top, right, bottom]) {
  return (right - left) * (bottom - top);
}

/** Pictures whose labels the reference is sure of; of the others one shape is as likely as another. */
export const sureScenes = scenes.filter((golden) => golden.tasks['<CAPTION>'].min_margin >= decided);

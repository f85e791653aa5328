// What tests of the page of pictures do with it, in a visitor's words.
import { fileURLToPath } from 'node:url';
import { readText } from './server.mjs';

const folder = 'shared/src/test/resources/goldens/florence/';

/** The reference's answers: image, size, and per task the text and the result. */
export const captionGoldens = JSON.parse(readText(`${folder}generation.json`)).cases;

/** The path of a golden's image on this machine. */
export function imageFile(name) {
  return fileURLToPath(new URL(`../../${folder}images/${name}`, import.meta.url));
}

/** Cases of this task that are no near ties, so that every place and dtype answers alike. */
export function clear(task, margin = 2) {
  return captionGoldens
    .filter(({ tasks }) => tasks[task].min_margin > margin)
    .map(({ image, tasks }) => ({ image, text: tasks[task].post_processed[task] }));
}

export async function choose(page, task) {
  await page.selectOption('#task', task);
}

/** Gives a file, as the file dialog would. */
export async function give(page, file) {
  await page.setInputFiles('#file', file);
}

/** Waits for the answer's end. */
export async function answer(page, timeout = 120_000) {
  await page.locator('#result:not(.writing) #figures:not(:empty)').waitFor({ timeout });
  return { text: await page.locator('#result-text').innerText(), figures: await page.locator('#figures').innerText() };
}

/** Gives a picture and waits for the answer about it. */
export async function look(page, image) {
  await give(page, imageFile(image));
  await page.waitForFunction((name) => document.getElementById('picture-name').textContent.startsWith(name), image);
  return answer(page);
}

/** Asks once more with the button. */
export async function askAgain(page) {
  await page.evaluate(() => { document.getElementById('figures').textContent = ''; });
  await page.click('#run');
  return answer(page);
}

/** What was copied last. */
export const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

/** Whether a complaint is none of ours: without a Hub the question for the model to be offered first has a 404 for an answer. */
export const notOfTheHub = (complaint) => !/status of 404/.test(complaint);

/** Intersection over union of two boxes [left, top, right, bottom]. */
export function overlap(one, other) {
  const width = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  const shared = Math.max(0, width) * Math.max(0, height);
  const area = ([left, top, right, bottom]) => (right - left) * (bottom - top);
  return shared / (area(one) + area(other) - shared);
}

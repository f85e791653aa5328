// What tests of the page do with it, in a visitor's words.
import { beforeWorker } from './prelude.mjs';
import { readText } from './server.mjs';

/** Where the real server listens; ./test starts it. */
export const serverUrl = process.env.SAMOVAR_URL;
if (!serverUrl) {
  throw new Error('SAMOVAR_URL is not set: start java -jar server/target/samovar.jar --port 0 and put the address it prints there');
}

export const tinyGoldens = JSON.parse(readText('shared/src/test/resources/goldens/tiny_chat_greedy.json')).cases;
export const smolGoldens = JSON.parse(readText('shared/src/test/resources/goldens/smollm2_greedy.json')).cases;

/** Cases of one question, with or without a system prompt: those that a visitor can type. */
export function typable(cases) {
  return cases
    .map(({ messages, text, stable_tokens: stableTokens }) => ({
      system: messages.find(({ role }) => role === 'system')?.content ?? '',
      turns: messages.filter(({ role }) => role !== 'system'),
      text,
      stableTokens,
    }))
    .filter(({ turns }) => turns.length === 1)
    .map(({ turns, ...rest }) => ({ question: turns[0].content, ...rest }));
}

/** A page in a fresh profile; `init` runs in it before its own scripts, the text `prelude` in its worker. `complaints` collects errors of the console and uncaught ones; `weights` every weight file asked for. */
export async function openPage(browser, query = '', { base = serverUrl, init = () => {}, prelude = '', ...options } = {}) {
  // What a service worker answers, no test sees; those that are about it say 'allow'.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', ...options });
  if (prelude) {
    await beforeWorker(context, prelude);
  }
  const page = await context.newPage();
  await page.addInitScript(init);
  const complaints = [];
  const weights = [];
  page.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (/\.onnx/.test(request.url())) {
      weights.push(request.url());
    }
  });
  await page.goto(`${base}/${query}`);
  return { page, complaints, weights, close: () => context.close() };
}

/** Waits until a model is ready, or is shown to be loading no longer. */
export async function ready(page, timeout = 60_000) {
  await page.waitForFunction(() =>
    document.getElementById('place-name').textContent !== '…' && document.querySelector('#stage > *') === null
      && document.getElementById('status').textContent !== '' && !/^Finding out/.test(document.getElementById('status').textContent),
  null, { timeout });
}

/** Fills the settings: sampling fields by their names, and `system`. */
export async function set(page, fields) {
  await page.click('#settings-button');
  for (const [name, value] of Object.entries(fields)) {
    await page.fill(name === 'system' ? '#system' : `#set-${name}`, String(value));
  }
  await page.keyboard.press('Escape');
}

/** Plain argmax, as the goldens were made. */
export const greedy = { temperature: 0, repetition_penalty: 1 };

/** Types a question and waits for the whole answer. */
export async function ask(page, question, timeout = 120_000) {
  const before = await page.locator('.answer').count();
  await page.fill('#question', question);
  await page.keyboard.press('Enter');
  const answer = page.locator('.answer').nth(before);
  await answer.locator('.figures:not(:empty)').waitFor({ timeout });
  return read(answer);
}

export async function read(answer) {
  return { text: await answer.locator('.text').innerText(), figures: await answer.locator('.figures').innerText() };
}

export const fault = (page) => page.locator('.fault');

// Takes the README's pictures of the page, each a real state, all or those named:
//   SAMOVAR_URL=http://localhost:8080 node web/testkit/screenshots.mjs [NAME…]
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBrowser } from './browser.mjs';
import { ask, fault, openPage, ready, serverUrl, set } from './page.mjs';
import { answer, choose } from './pictures.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../docs/images');
const desktop = { viewport: { width: 1120, height: 720 } };
const phone = { viewport: { width: 390, height: 780 } };

const shots = {
  landing: { ...desktop, colorScheme: 'light', take: ready },
  chat: {
    ...desktop,
    colorScheme: 'light',
    async take(page) {
      await ready(page);
      await set(page, { max_new_tokens: 120, seed: 3 });
      await ask(page, 'Give me three ideas for a rainy Sunday.');
    },
  },
  plan: { ...desktop, colorScheme: 'dark', query: '?place=cpu', take: (page) => page.locator('.plan').waitFor() },
  fault: { ...phone, colorScheme: 'light', query: '?dtype=q5', take: (page) => fault(page).waitFor() },
  phone: {
    ...phone,
    colorScheme: 'dark',
    query: '?model=tiny-chat&place=cpu',
    async take(page) {
      await ready(page);
      await set(page, { temperature: 0 });
      await ask(page, 'What is the capital of Japan?');
      await ask(page, 'Tell me a joke.');
    },
  },
  pictures: {
    ...desktop,
    colorScheme: 'light',
    query: 'pictures',
    async take(page) {
      await ready(page);
      await choose(page, '<OD>');
      await page.locator('.drawing').nth(1).click();
      await answer(page);
    },
  },
  'pictures-phone': {
    ...phone,
    colorScheme: 'dark',
    query: 'pictures?place=cpu',
    async take(page) {
      await ready(page);
      await choose(page, '<MORE_DETAILED_CAPTION>');
      await page.locator('.drawing').nth(2).click();
      await answer(page);
    },
  },
};

mkdirSync(folder, { recursive: true });
const browser = await startBrowser();
const wanted = process.argv.slice(2);
for (const [name, { take, query = '', ...options }] of Object.entries(shots).filter(([key]) => !wanted.length || wanted.includes(key))) {
  const { page, close } = await openPage(browser, query, { base: serverUrl, reducedMotion: 'reduce', ...options });
  await take(page);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await close();
}
await browser.close();

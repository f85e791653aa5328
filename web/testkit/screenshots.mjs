// Takes the README's pictures of the page, each a real state: SAMOVAR_URL=http://localhost:8080 node web/testkit/screenshots.mjs
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBrowser } from './browser.mjs';
import { ask, fault, openPage, ready, serverUrl, set } from './page.mjs';

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
};

mkdirSync(folder, { recursive: true });
const browser = await startBrowser();
for (const [name, { take, query = '', ...options }] of Object.entries(shots)) {
  const { page, close } = await openPage(browser, query, { base: serverUrl, reducedMotion: 'reduce', ...options });
  await take(page);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await close();
}
await browser.close();

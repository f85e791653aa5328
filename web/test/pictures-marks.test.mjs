// What an answer marks in the picture: quads, polygons and boxes lie where the answer says, at any size of the page. The answers come
// from a stand-in for the server's route, since no model at hand finds such things; the page reads and draws them as any others.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser } from '../testkit/browser.mjs';
import { openPage, ready, serverUrl } from '../testkit/page.mjs';
import { answer, askAgain, choose, clear, copied, give, imageFile } from '../testkit/pictures.mjs';
import { startProxy } from '../testkit/proxy.mjs';

const picture = { name: 'scene01.png', width: 295, height: 257 };

const found = {
  '<OCR_WITH_REGION>': {
    quad_boxes: [[20, 40, 130, 60, 125, 95, 15, 75], [200, 150, 285, 140, 288, 165, 203, 175], [150, 200, 200, 200, 200, 230, 150, 230]],
    labels: ['TEA', 'HOT WATER', 'TEA'],
  },
  '<REFERRING_EXPRESSION_SEGMENTATION>': {
    polygons: [[[60, 60, 150, 70, 170, 150, 110, 190, 50, 140], [220, 20, 280, 20, 250, 70]]],
    labels: [''],
  },
  '<OPEN_VOCABULARY_DETECTION>': {
    bboxes: [[12, 90, 112, 240]],
    bboxes_labels: ['a cup'],
    polygons: [[[180, 30, 290, 30, 290, 250, 235, 140]]],
    polygons_labels: ['steam'],
  },
};

/** What is to be drawn: per mark its label and its polygons, each a list of x and y in turn. */
const marks = {
  '<OCR_WITH_REGION>': found['<OCR_WITH_REGION>'].quad_boxes
    .map((corners, i) => ({ label: found['<OCR_WITH_REGION>'].labels[i], polygons: [corners] })),
  '<REFERRING_EXPRESSION_SEGMENTATION>': [{ label: '', polygons: found['<REFERRING_EXPRESSION_SEGMENTATION>'].polygons[0] }],
  '<OPEN_VOCABULARY_DETECTION>': [
    { label: 'a cup', polygons: [[12, 90, 112, 90, 112, 240, 12, 240]] },
    { label: 'steam', polygons: found['<OPEN_VOCABULARY_DETECTION>'].polygons[0] },
  ],
};
const words = { '<REFERRING_EXPRESSION_SEGMENTATION>': 'the cup', '<OPEN_VOCABULARY_DETECTION>': 'a cup<and>steam' };

const eventStream = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cross-Origin-Resource-Policy': 'same-origin' };

/** The fields of a form but its file, read as text. */
function fields(body) {
  return Object.fromEntries([...body.matchAll(/name="(\w+)"\r\n\r\n([^]*?)\r\n--/g)].map(([, name, value]) => [name, value]));
}

/** Gives the answer above to each task of them, as the server streams it; tells the forms that came. */
function standIn(forms) {
  return (request, response) => {
    if (request.method !== 'POST' || request.url !== '/v1/captions') {
      return false;
    }
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      const form = fields(Buffer.concat(pieces).toString('latin1'));
      forms.push(form);
      const whole = {
        task: form.task,
        text: 'as the model writes it',
        result: { [form.task]: found[form.task] ?? 'A purple star.' },
        usage: { prompt_tokens: 45, completion_tokens: 12, total_tokens: 57 },
        timings: { preprocess_ms: 21, first_token_ms: 130, total_ms: 470, tokens_per_second: 30 },
        finish_reason: 'stop',
        image: { width: picture.width, height: picture.height },
      };
      response.writeHead(200, eventStream);
      response.end(`data: {"delta":"as the model "}\n\ndata: {"delta":"writes it"}\n\ndata: ${JSON.stringify(whole)}\n\ndata: [DONE]\n\n`);
    });
    return true;
  };
}

let browser;
let proxy;
const forms = [];

before(async () => {
  browser = await startBrowser();
  proxy = await startProxy(serverUrl, { intercept: standIn(forms) });
});

after(async () => {
  await browser?.close();
  await proxy?.close();
});

/** What is drawn, in pixels of the window: the picture's place, the polygons of each mark, and the tags that are to be seen. */
function drawn(page) {
  return page.evaluate(() => {
    const box = (element) => {
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      return { left, top, right, bottom, width, height };
    };
    const shapes = [...document.querySelectorAll('#marks g.mark')].map((mark) => ({
      colour: getComputedStyle(mark.querySelector('.line')).stroke,
      polygons: [...mark.querySelectorAll('polygon.line')].map((polygon) => {
        const onScreen = polygon.getScreenCTM();
        return [...polygon.points].flatMap((point) => {
          const { x, y } = point.matrixTransform(onScreen);
          return [x, y];
        });
      }),
    }));
    const tags = [...document.querySelectorAll('#tags .tag')].filter((tag) => tag.checkVisibility())
      .map((tag) => ({ text: tag.textContent, box: box(tag), colour: getComputedStyle(tag).backgroundColor }));
    return { image: box(document.getElementById('picture')), shapes, tags };
  });
}

function near(actual, expected, where) {
  assert.ok(Math.abs(actual - expected) < 1, `${where}: ${actual} instead of ${expected}`);
}

for (const [name, options] of Object.entries({
  'on a desktop': { viewport: { width: 1280, height: 900 } },
  'on a phone': { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3 },
  'on a narrow phone, dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
})) {
  test(`quads, polygons and boxes lie over the picture where the answer has them, ${name}`, { timeout: 120_000 }, async () => {
    const { page, close } = await openPage(browser, 'pictures?place=server', {
      base: proxy.url, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...options,
    });
    await ready(page);
    await give(page, imageFile(picture.name));
    await answer(page);
    for (const [task, expected] of Object.entries(marks)) {
      await choose(page, task);
      if (words[task]) {
        await page.fill('#words', words[task]);
      }
      const { figures } = await askAgain(page);
      assert.equal(figures, 'picture made ready in 0.02 s · first token after 0.13 s · 0.47 s in all · 12 tokens');
      const { image, shapes, tags } = await drawn(page);
      near(image.width / image.height, picture.width / picture.height, 'the picture keeps its shape');
      assert.ok(image.width > 200 && image.left >= 0 && image.right <= options.viewport.width, JSON.stringify(image));
      assert.equal(shapes.length, expected.length, task);
      expected.forEach(({ polygons }, i) => {
        assert.equal(shapes[i].polygons.length, polygons.length, task);
        polygons.forEach((points, j) => points.forEach((value, k) => {
          const [start, scale] = k % 2 === 0 ? [image.left, image.width / picture.width] : [image.top, image.height / picture.height];
          near(shapes[i].polygons[j][k], start + value * scale, `${task} mark ${i}, polygon ${j}, coordinate ${k}`);
        }));
      });
      const labelled = expected.map((mark, i) => ({ ...mark, ...shapes[i] })).filter(({ label }) => label);
      assert.deepEqual(tags.map(({ text }) => text), labelled.map(({ label }) => label));
      tags.forEach(({ box, colour }, i) => {
        const xs = labelled[i].polygons.flat().filter((_, k) => k % 2 === 0);
        const ys = labelled[i].polygons.flat().filter((_, k) => k % 2 === 1);
        assert.equal(colour, labelled[i].colour, 'a label has the colour of its shape');
        assert.ok(box.left < Math.max(...xs) && box.right > Math.min(...xs), `${tags[i].text} lies above its shape`);
        assert.ok(Math.abs(box.bottom - Math.min(...ys)) < 30, `${tags[i].text} lies at its upper edge`);
        assert.ok(box.left >= image.left - 2 && box.right <= image.right + 2, `${tags[i].text} lies in the picture`);
      });
      const entries = await page.locator('#result-list .name').allInnerTexts();
      assert.deepEqual(entries, expected.map(({ label }) => label || 'region'));
      await page.click('#copy-json');
      assert.deepEqual(JSON.parse(await copied(page)), { [task]: found[task] });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing juts out');
      if (process.env.SAMOVAR_SHOTS) {
        await page.locator('#frame').scrollIntoViewIfNeeded();
        await page.screenshot({ path: `${process.env.SAMOVAR_SHOTS}/${task.slice(1, 5)}-${options.viewport.width}.png` });
      }
    }
    // Another width moves the shapes with the picture.
    await page.setViewportSize({ width: options.viewport.width + 60, height: options.viewport.height });
    const { image, shapes } = await drawn(page);
    near(shapes[0].polygons[0][0], image.left + 12 * image.width / picture.width, 'after the page was made wider');
    await close();
  });
}

test('same labels have the same colour, and an entry that is pointed at stands out', { timeout: 60_000 }, async () => {
  const { page, close } = await openPage(browser, 'pictures?place=server', { base: proxy.url });
  await ready(page);
  await choose(page, '<OCR_WITH_REGION>');
  await give(page, imageFile(picture.name));
  await answer(page);
  const { shapes } = await drawn(page);
  assert.equal(shapes[0].colour, shapes[2].colour);
  assert.notEqual(shapes[0].colour, shapes[1].colour);
  await page.locator('#result-list button').nth(1).focus();
  const classes = await page.locator('#marks g.mark').evaluateAll((all) => all.map((one) => one.getAttribute('class')));
  assert.deepEqual(classes.map((names) => /lit|dim/.exec(names)?.[0]), ['dim', 'lit', 'dim']);
  await close();
});

test('where the model asks for beams, greedy is one menu away; where it does not, there is no such menu', { timeout: 120_000 }, async () => {
  const beams = await startProxy(serverUrl, {
    intercept: (request, response) => {
      const asked = request.url.endsWith('/generation_config.json');
      if (asked) {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Cross-Origin-Resource-Policy': 'same-origin' })
          .end('{"num_beams": 3, "decoder_start_token_id": 2, "forced_bos_token_id": 0, "forced_eos_token_id": 2, "eos_token_id": 2}');
      }
      return asked || standIn(forms)(request, response);
    },
  });
  const { page, close } = await openPage(browser, 'pictures?place=server', { base: beams.url });
  await ready(page);
  forms.length = 0;
  await give(page, imageFile(picture.name));
  await answer(page);
  assert.match(await page.locator('#beams option').first().innerText(), /^3 side by side/);
  await page.selectOption('#beams', { label: 'One alone, word by word (greedy): the soonest' });
  await askAgain(page);
  await page.selectOption('#beams', { index: 0 });
  await askAgain(page);
  assert.deepEqual(forms.map((form) => form.num_beams), [undefined, '1', undefined]);
  // In the browser too: three beams of the small model find what one finds.
  await page.click('#elsewhere');
  await page.waitForFunction(() => document.getElementById('place-name').textContent === 'This browser\'s CPU');
  await ready(page);
  const [{ image, text }] = clear('<CAPTION>', 4);
  for (const index of [0, 1]) {
    await page.selectOption('#beams', { index });
    // What the answer before left shall not be taken for this one's.
    await page.evaluate(() => { document.getElementById('figures').textContent = ''; });
    await give(page, imageFile(image));
    await page.waitForFunction((name) => document.getElementById('picture-name').textContent.startsWith(name), image);
    assert.equal((await answer(page)).text, text);
  }
  await close();
  await beams.close();
  const plain = await openPage(browser, 'pictures?place=server', { base: proxy.url });
  await ready(plain.page);
  assert.equal(await plain.page.locator('#beams-part').isVisible(), false);
  await plain.close();
});

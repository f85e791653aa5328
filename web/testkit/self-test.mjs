// Runs samovar.client.selftest.SelfTestMain in a module worker of the test server and gives its lines.

/** @param {'js'|'wasm'} target */
export async function runSelfTest(browser, server, target, ...args) {
  const page = await browser.newPage();
  try {
    return await linesOf(page, server, target, args);
  } finally {
    await page.close();
  }
}

/** Runs one of the README's programs there and gives what it prints. */
export async function runReadme(browser, server, target, program, argument) {
  const page = await browser.newPage();
  const printed = [];
  page.on('console', (message) => printed.push(message.text()));
  try {
    const lines = await linesOf(page, server, target, ['readme', program, argument]);
    if (lines.length > 0) {
      throw new Error(lines.join('\n'));
    }
    // What a worker prints goes another way than what it posts.
    for (let waited = 0; printed.length === 0 && waited < 100; waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return printed;
  } finally {
    await page.close();
  }
}

async function linesOf(page, server, target, args) {
  await page.goto(`${server.url}/app/blank.html`);
  return await page.evaluate(([script, argv]) => new Promise((resolve, reject) => {
    const worker = new Worker(script, { type: 'module' });
    const lines = [];
    worker.onerror = (event) => reject(new Error(`${script}: ${event.message}`));
    worker.onmessage = (event) => {
      if (event.data === '') {
        worker.terminate();
        resolve(lines);
      } else {
        lines.push(event.data);
      }
    };
    worker.postMessage(argv);
  }), [`/app/selftest-${target}.js`, ['/files/', ...args.map(String)]]);
}

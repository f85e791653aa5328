// Runs samovar.client.selftest.SelfTestMain in a module worker of the test server and gives its lines.

/** @param {'js'|'wasm'} target */
export async function runSelfTest(browser, server, target, ...args) {
  const page = await browser.newPage();
  try {
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
  } finally {
    await page.close();
  }
}

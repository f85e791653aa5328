// Chromium for tests: the system's own, quiet, with a fresh profile.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = process.env.SAMOVAR_CHROMIUM
  ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'].find((path) => existsSync(path));

/** The name of this machine that browsers hold for another one's: http to it is not secure. */
export const elsewhere = 'samovar.test';

/** @param {{webgpu?: boolean}} options webgpu: with the software adapter; without it there is no adapter at all */
export async function startBrowser({ webgpu = false } = {}) {
  if (!executablePath) {
    throw new Error('Chromium is missing: install the package chromium, or name its program in SAMOVAR_CHROMIUM');
  }
  const args = [
    '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    `--host-resolver-rules=MAP ${elsewhere} 127.0.0.1`,
  ];
  if (webgpu) {
    args.push('--enable-unsafe-webgpu');
  }
  return chromium.launch({ executablePath, headless: true, args });
}

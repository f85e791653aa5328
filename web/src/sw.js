// The service worker: answers for the server when it is away, with one version of the site, whole.
// Pages come from the server where it answers; what they consist of has its hash in the name and comes from here first.
const { version, pages, ort } = __SITE__;
const SITE = `samovar-site-${version}`;
const HEAD_MILLIS = 4000;
const NOT_KEPT = '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Samovar</title>'
  + '<style>body{font:1rem/1.6 system-ui;color-scheme:light dark;max-width:30rem;margin:15vh auto;padding:0 1rem}</style>'
  + '<h1>The server can\'t be reached</h1><p>This browser keeps each page from its first visit on, and this one has not been visited yet.</p>'
  + '<p><a href="./">Chat</a> · <a href="./pictures">Pictures</a></p></html>';

/** What a message may ask to be kept: a page's path, or `ort`. */
function parts(name) {
  const build = 'Suspending' in WebAssembly ? 'jspi' : 'asyncify';
  return name === 'ort' ? ort[build] : pages[name]?.files;
}

async function has(path) {
  return Boolean(await caches.match(path, { ignoreVary: true }));
}

/** A page is kept after all that it consists of, and only if it is of this version. */
async function keep(name) {
  const files = parts(name);
  if (!files) {
    return;
  }
  const cache = await caches.open(SITE);
  for (const path of files) {
    if (!await cache.match(path, { ignoreVary: true })) {
      const known = await caches.match(path, { ignoreVary: true }) ?? await fetch(path);
      // A login's page, in the place of a script, would stay.
      if (!known.ok || /^text\/html/i.test(known.headers.get('Content-Type'))) {
        throw new Error(`${path}: status ${known.status}`);
      }
      await cache.put(path, known);
    }
  }
  if (pages[name]) {
    const page = await fetch(name, { cache: 'no-store' });
    const digest = await crypto.subtle.digest('SHA-256', await page.clone().arrayBuffer());
    const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hash !== pages[name].sha256) {
      throw new Error(`${name} is of another version than ${version}`);
    }
    await cache.put(name, page);
  }
}

/** An update keeps what the version before it kept. */
addEventListener('install', (event) => event.waitUntil((async () => {
  for (const name of Object.keys(pages)) {
    if (await has(name)) {
      await keep(name);
    }
  }
  for (const { url } of await allKept()) {
    if (/\/assets\/ort-[^/]*\/[^/]*\.wasm$/.test(url)) {
      await keep('ort');
    }
  }
})()));

async function allKept() {
  const lists = await Promise.all((await siteCaches()).map(async (name) => (await caches.open(name)).keys()));
  return lists.flat();
}

async function siteCaches() {
  return (await caches.keys()).filter((name) => name.startsWith('samovar-site-'));
}

/** No tab is left that runs on another version. */
addEventListener('activate', (event) => event.waitUntil((async () => {
  await Promise.all((await siteCaches()).filter((name) => name !== SITE).map((name) => caches.delete(name)));
})()));

addEventListener('message', (event) => event.waitUntil(keep(event.data)));

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const path = url.pathname.slice(new URL(registration.scope).pathname.length);
  if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) {
    return;
  }
  if (request.mode === 'navigate' && pages[`./${path}`]) {
    event.respondWith(page(request, `./${path}`));
  } else if (path.startsWith('assets/')) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  }
});

async function page(request, name) {
  const kept = await (await caches.open(SITE)).match(name, { ignoreVary: true });
  const answer = fetch(request);
  if (!kept) {
    return answer.catch(() => new Response(NOT_KEPT, { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } }));
  }
  // A proxy before a server that is away answers in its place.
  return Promise.race([answer.then((told) => (told.status < 500 ? told : kept), () => kept), new Promise((resolve) => { setTimeout(resolve, HEAD_MILLIS, kept); })]);
}

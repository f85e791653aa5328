// Has the service worker keep this page for visits without the server, and ONNX Runtime once a model runs in this browser.
const workers = navigator.serviceWorker;

async function keep(what) {
  (await workers.ready).active.postMessage(what);
}

if (workers) {
  workers.register('./sw.js').catch(() => {
    // The page works without it while its server does.
  });
  keep(`./${location.pathname.split('/').pop()}`);
  new BroadcastChannel('samovar-ort').onmessage = () => keep('ort');
}

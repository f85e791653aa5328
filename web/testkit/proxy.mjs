// Stands between a page and the server, so that a test can make the server go away, or answer in its place.
import { createServer, request } from 'node:http';

/**
 * @param intercept may answer a request itself, and then returns true
 * @returns the proxy's address; `breakAfter(n)` cuts the next chat stream after n events; `goAway()` and `comeBack()`
 */
export async function startProxy(upstream, { intercept = () => false } = {}) {
  const target = new URL(upstream);
  let eventsLeft = Infinity;
  let away = false;
  const proxy = createServer((incoming, outgoing) => {
    if (away) {
      incoming.socket.destroy();
      return;
    }
    if (intercept(incoming, outgoing)) {
      return;
    }
    const headers = { ...incoming.headers, host: target.host };
    if (headers.origin) {
      headers.origin = target.origin;
    }
    const options = { hostname: target.hostname, port: target.port, path: incoming.url, method: incoming.method, headers };
    const passed = request(options, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      const chat = incoming.url === '/v1/chat/completions';
      answer.on('data', (piece) => {
        if (!chat || eventsLeft === Infinity) {
          outgoing.write(piece);
          return;
        }
        for (const event of piece.toString('utf8').split(/(?<=\n\n)/)) {
          if (eventsLeft-- > 0) {
            outgoing.write(event);
          }
        }
        if (eventsLeft < 0) {
          eventsLeft = Infinity;
          passed.destroy();
          // What was written shall arrive before the line is cut.
          setTimeout(() => outgoing.destroy(), 100);
        }
      });
      answer.on('end', () => outgoing.end());
      answer.on('error', () => setTimeout(() => outgoing.destroy(), 100));
    });
    passed.on('error', () => setTimeout(() => outgoing.destroy(), 100));
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    breakAfter: (events) => { eventsLeft = events; },
    goAway: () => { away = true; proxy.closeAllConnections(); },
    comeBack: () => { away = false; },
    close: () => new Promise((resolve) => { proxy.close(resolve); proxy.closeAllConnections(); }),
  };
}

// One file's way into the browser's storage: ranges at once, hashed in order, with a journal from which an interrupted one goes on.
import { Sha256 } from './sha256.js';

const SEGMENT = 16 << 20;
const JOURNAL_STEP = 1 << 20;
const HASH_STEP = 8 << 20;
const MOST_REQUESTS = 4;
const MOST_TRIES = 4;
const MOST_WAIT_SECONDS = 30;
const HANDLE_TRIES = 20;
const HANDLE_WAIT_MILLIS = 100;

/** Who is told of a fault knows it by its name. */
export function fault(name, message) {
  return Object.assign(new Error(message), { name });
}

/** A controller that ends with a signal, or before it. */
export function chained(signal) {
  const own = new AbortController();
  signal.addEventListener('abort', () => own.abort(), { once: true, signal: own.signal });
  if (signal.aborted) {
    own.abort();
  }
  return own;
}

let running = 0;
const waiting = [];

/** Does one request of all files' few. */
async function inTurn(request) {
  if (running >= MOST_REQUESTS) {
    await new Promise((resolve) => waiting.push(resolve));
  }
  running++;
  try {
    return await request();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

/** Bytes in memory, with the face of a file's access handle. */
function memoryPart(size) {
  const bytes = new Uint8Array(size);
  return {
    bytes,
    getSize: () => 0,
    truncate() {},
    write: (piece, { at }) => bytes.set(piece, at),
    read: (target, { at }) => target.set(bytes.subarray(at, at + target.length)),
    flush() {},
    close() {},
  };
}

const noJournal = { getSize: () => 0, read() {}, write() {}, truncate() {}, close() {} };

/** A worker that has just ended may have let go of the lock, and not yet of the file. */
async function writable(folder, name) {
  const file = await folder.getFileHandle(name, { create: true });
  for (let tries = 1; ; tries++) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (error.name !== 'NoModificationAllowedError' || tries >= HANDLE_TRIES) {
        throw error;
      }
      await new Promise((resolve) => { setTimeout(resolve, HANDLE_WAIT_MILLIS); });
    }
  }
}

/**
 * Brings a file whole into `folder` under its id, or, without a folder, gives its bytes. The caller has the file's lock.
 * `told(loaded, verified)` hears of every piece.
 */
export async function download(folder, file, signal, told) {
  const names = [`${file.id}.part`, `${file.id}.json`];
  const opened = [];
  const openHandle = async (name) => {
    const handle = await writable(folder, name);
    opened.push(handle);
    return handle;
  };
  let spoilt = false;
  let part;
  try {
    part = folder ? await openHandle(names[0]) : memoryPart(file.size);
    const run = new Run(file, part, folder ? await openHandle(names[1]) : noJournal, signal, told);
    await run.finish();
    part.flush();
  } catch (error) {
    spoilt = error.name === 'Damaged';
    throw error;
  } finally {
    opened.forEach((handle) => handle.close());
    if (spoilt && folder) {
      await Promise.all(names.map((name) => folder.removeEntry(name).catch(() => {})));
    }
  }
  if (!folder) {
    return part.bytes;
  }
  await (await folder.getFileHandle(names[0])).move(file.id);
  await folder.removeEntry(names[1]).catch(() => {});
  return null;
}

/** One download from here to its end. */
class Run {
  #file;
  #part;
  #journal;
  #stop;
  #told;
  #done;
  #hash;
  #hashed = 0;
  #unsaved = 0;
  #ranged = false;

  constructor(file, part, journal, signal, told) {
    this.#file = file;
    this.#part = part;
    this.#journal = journal;
    this.#stop = chained(signal);
    this.#told = told;
    this.#done = this.#readJournal() ?? Array.from({ length: Math.ceil(file.size / SEGMENT) }, () => 0);
    this.#hash = new Sha256();
  }

  async finish() {
    this.#tell();
    await this.#hashWhatIsHere();
    const first = this.#nextSegment(new Set());
    if (first >= 0) {
      await this.#fetchAll(first);
    }
    this.#save();
    await this.#hashWhatIsHere();
    await this.#verify();
  }

  #lengthOf(segment) {
    return Math.min(SEGMENT, this.#file.size - segment * SEGMENT);
  }

  #loaded() {
    return this.#done.reduce((sum, bytes) => sum + bytes, 0);
  }

  #tell() {
    this.#told(this.#loaded(), this.#hashed);
  }

  #readJournal() {
    const text = new Uint8Array(this.#journal.getSize());
    this.#journal.read(text, { at: 0 });
    try {
      const { size, done } = JSON.parse(new TextDecoder().decode(text));
      const fits = size === this.#file.size && done.length === Math.ceil(size / SEGMENT)
        && done.every((bytes, i) => bytes >= 0 && bytes <= this.#lengthOf(i) && (!bytes || i * SEGMENT + bytes <= this.#part.getSize()));
      return fits ? done : null;
    } catch {
      return null;
    }
  }

  /** After the bytes that it tells of. All its texts are of one length, so that one overwrites another whole. */
  #save() {
    const text = JSON.stringify({ size: this.#file.size, done: this.#done });
    this.#journal.write(new TextEncoder().encode(text.padEnd(40 + 10 * this.#done.length)), { at: 0 });
    this.#unsaved = 0;
  }

  /** How many bytes have come without a gap. */
  #frontier() {
    let bytes = 0;
    for (const [i, done] of this.#done.entries()) {
      bytes += done;
      if (done < this.#lengthOf(i)) {
        break;
      }
    }
    return bytes;
  }

  /** Reads from disk what came out of order, or on an earlier visit. */
  async #hashWhatIsHere() {
    while (this.#hashSome()) {
      // A macrotask, so that a cancel is heard.
      await new Promise((resolve) => { setTimeout(resolve); });
      this.#stop.signal.throwIfAborted();
      this.#tell();
    }
  }

  #hashSome() {
    const length = Math.min(this.#frontier() - this.#hashed, HASH_STEP);
    if (length > 0) {
      const bytes = new Uint8Array(length);
      this.#part.read(bytes, { at: this.#hashed });
      this.#hash.update(bytes);
      this.#hashed += length;
    }
    return length > 0;
  }

  /** The next segment that nobody fetches, or -1. */
  #nextSegment(taken) {
    return this.#done.findIndex((bytes, i) => bytes < this.#lengthOf(i) && !taken.has(i));
  }

  /** Fetches one segment; as soon as its server is known to give ranges, the others beside it. */
  async #fetchAll(first) {
    const taken = new Set([first]);
    const lanes = [];
    let failure = null;
    const fail = (error) => {
      failure ??= error;
      this.#stop.abort();
    };
    const lane = async (begin) => {
      for (let next = begin; next >= 0; next = this.#nextSegment(taken)) {
        taken.add(next);
        await this.#segment(next, givesRanges);
      }
    };
    const givesRanges = () => {
      this.#ranged = true;
      while (lanes.length < Math.min(MOST_REQUESTS, this.#done.length)) {
        lanes.push(lane(this.#nextSegment(taken)).catch(fail));
      }
    };
    lanes.push(lane(first).catch(fail));
    for (let i = 0; i < lanes.length; i++) {
      await lanes[i];
    }
    this.#save();
    if (failure) {
      throw failure;
    }
  }

  async #segment(segment, givesRanges) {
    for (let tries = 1; ; tries++) {
      const before = this.#done[segment];
      try {
        await inTurn(() => this.#request(segment, givesRanges));
        return;
      } catch (error) {
        const passing = error.name === 'TypeError' || error.name === 'NetworkError' || error.name === 'Busy';
        if (passing && this.#done[segment] === this.#lengthOf(segment)) {
          // It broke in a later one, whose turn comes.
          return;
        }
        tries = this.#done[segment] > before ? 1 : tries;
        if (!passing || tries >= MOST_TRIES || this.#stop.signal.aborted) {
          throw error;
        }
        const seconds = error.seconds ?? 2 ** tries / 8;
        await new Promise((resolve) => {
          setTimeout(resolve, 1000 * seconds);
          this.#stop.signal.addEventListener('abort', resolve, { once: true });
        });
      }
    }
  }

  async #request(segment, givesRanges) {
    this.#stop.signal.throwIfAborted();
    const { size, url } = this.#file;
    const start = segment * SEGMENT + this.#done[segment];
    const end = segment * SEGMENT + this.#lengthOf(segment);
    const all = start === 0 && end === size;
    const headers = all ? {} : { Range: `bytes=${start}-${end - 1}` };
    // What is kept here needs no second place in the browser's cache.
    const response = await fetch(url, { headers, signal: this.#stop.signal, cache: 'no-store' });
    check(response, size);
    if (response.status === 206) {
      givesRanges();
      await this.#take(response, start, end);
      return;
    }
    if (this.#ranged) {
      throw fault('Busy', 'the server gives ranges and then does not; try again in a moment');
    }
    if (!all) {
      this.#startOver();
    }
    await this.#take(response, 0, size);
  }

  /** The server has answered with the whole, whatever it was asked for. */
  #startOver() {
    this.#done.fill(0);
    this.#hash = new Sha256();
    this.#hashed = 0;
  }

  async #take(response, start, end) {
    let at = start;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      if (at + value.length > end) {
        await reader.cancel();
        throw fault('Damaged', `it has ${this.#file.size} bytes, and more came`);
      }
      this.#write(value, at);
      at += value.length;
    }
    if (at < end) {
      // A range may have been cut off on its way; what came of it is checked with the rest.
      throw fault(response.status === 206 ? 'Busy' : 'Damaged', `it has ${this.#file.size} bytes, and ${at} came`);
    }
  }

  #write(bytes, at) {
    this.#part.write(bytes, { at });
    if (at === this.#hashed) {
      this.#hash.update(bytes);
      this.#hashed += bytes.length;
    }
    for (let from = at, left = bytes.length; left > 0;) {
      const segment = Math.floor(from / SEGMENT);
      const length = Math.min(left, (segment + 1) * SEGMENT - from);
      this.#done[segment] += length;
      from += length;
      left -= length;
    }
    this.#hashSome();
    this.#unsaved += bytes.length;
    if (this.#unsaved >= JOURNAL_STEP) {
      this.#save();
    }
    this.#tell();
  }

  async #verify() {
    const { sha256, blobId, size } = this.#file;
    if (sha256) {
      const found = this.#hash.hex();
      if (found !== sha256) {
        throw fault('Damaged', `its sha256 is ${found}, which is not the planned one`);
      }
    } else if (blobId && globalThis.crypto?.subtle) {
      const head = new TextEncoder().encode(`blob ${size}\0`);
      const bytes = new Uint8Array(head.length + size);
      bytes.set(head);
      this.#part.read(bytes.subarray(head.length), { at: 0 });
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
      const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      if (found !== blobId) {
        throw fault('Damaged', `its git blob id is ${found}, which is not the planned one`);
      }
    }
  }
}

function check(response, size) {
  const { status, headers } = response;
  if (status === 408 || status === 429 || status >= 500) {
    const asked = Number(headers.get('Retry-After'));
    if (asked > MOST_WAIT_SECONDS) {
      throw fault('Refused', `the server answered with status ${status} and wants ${asked} seconds of peace; try again then`);
    }
    throw Object.assign(fault('Busy', `the server answered with status ${status}; try again in a moment`), asked > 0 ? { seconds: asked } : {});
  }
  if (status !== 200 && status !== 206) {
    throw fault('Refused', `the server answered with status ${status}; `
      + (status === 404 ? 'plan again, the model may have changed' : 'try again in a moment'));
  }
  if (/^text\/html/i.test(headers.get('Content-Type') ?? '')) {
    throw fault('Damaged', 'a web page came in its place, perhaps of a proxy or a login');
  }
  const range = /\/(\d+)$/.exec(headers.get('Content-Range') ?? '');
  if (range && Number(range[1]) !== size) {
    throw fault('Damaged', `it has ${size} bytes, and ${range[1]} were offered`);
  }
}

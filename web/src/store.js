// The weights that this browser keeps, in its origin-private storage (OPFS). Written by workers, read and cleared by pages too.
//   files/ID        whole and verified. ID is the content's hash, so that two commits with one file share it.
//   files/ID.part   what has come of it, and files/ID.json how far each range has: after a closed tab it goes on from there
//   names/KEY       one file of one commit of a repository, as JSON with its ID; KEY is a hash of its address
// Where there is no such storage, what is fetched is handed over from memory, once.
import { chained, download, fault } from './download.js';

const inMemory = new Map();

/** Null where the browser keeps nothing: an insecure page, some private windows, an old browser. Anew each time, since a visitor may clear it. */
function open() {
  return openFolders().catch(() => null);
}

async function openFolders() {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('samovar', { create: true });
  const create = { create: true };
  const opened = { files: await root.getDirectoryHandle('files', create), names: await root.getDirectoryHandle('names', create) };
  return navigator.locks && 'move' in FileSystemFileHandle.prototype ? opened : null;
}

/** {@link open}, where this realm may also write: a worker. */
async function openToWrite() {
  const store = await open();
  return store && 'createSyncAccessHandle' in FileSystemFileHandle.prototype ? store : null;
}

/** Whether what is fetched is here at the next visit. */
export async function keeps() {
  return await open() !== null;
}

/** So that the browser does not clear the storage by itself when its disk is full. A page may ask, a worker may not. */
export function persist() {
  return navigator.storage?.persist?.().catch(() => false);
}

function idOf(file) {
  return file.sha256 || (file.blobId ? `git-${file.blobId}` : `name-${file.key}`);
}

async function keyed(files) {
  for (const file of files) {
    const address = `${file.repo}/${file.commit}/${file.path}`;
    if (globalThis.crypto?.subtle) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address));
      file.key = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    } else {
      file.key = address;
    }
    file.id = idOf(file);
  }
  return files;
}

async function find(folder, name) {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch {
    return null;
  }
}

async function whole(file) {
  const store = await open();
  const kept = inMemory.get(file.id) ?? (store && await find(store.files, file.id));
  return (kept?.size ?? kept?.length) === file.size ? kept : null;
}

/** Whether all the files are kept whole. */
export async function has(files) {
  if (!await open()) {
    return false;
  }
  for (const file of await keyed(files)) {
    if (!await whole(file)) {
      return false;
    }
  }
  return true;
}

/**
 * Brings all that is missing, several files at once. `told(loaded, verified, fromNetwork)` hears of the bytes of all files together,
 * of those that are kept before the first comes. Another tab's download of the same file is waited for.
 */
export async function fetchFiles(files, signal, told) {
  const store = await openToWrite();
  const counts = new Map();
  const missing = new Map();
  for (const file of await keyed(files)) {
    if (store) {
      try {
        await remember(store.names, file);
      } catch (error) {
        throw await named(file, error);
      }
    }
    if (await whole(file)) {
      counts.set(file.id, [file.size, file.size]);
    } else {
      missing.set(file.id, file);
    }
  }
  const tell = () => {
    const sums = [0, 0];
    for (const { id } of files) {
      const [loaded, verified] = counts.get(id) ?? [0, 0];
      sums[0] += loaded;
      sums[1] += verified;
    }
    told(...sums, missing.size > 0);
  };
  tell();
  if (store && missing.size) {
    await makeSureOfRoom(store, [...missing.values()]);
  }
  const own = chained(signal);
  try {
    await Promise.all(Array.from(missing.values(), (file) => bring(store, file, own.signal, (...count) => {
      counts.set(file.id, count);
      tell();
    })));
    if (signal.aborted) {
      throw fault('AbortError', 'the download was cancelled');
    }
  } catch (error) {
    own.abort();
    throw error;
  }
}

async function remember(names, { key, id, repo, commit, path, size }) {
  const text = JSON.stringify({ id, repo, commit, path, size });
  if (await (await find(names, key))?.text() === text) {
    return;
  }
  let handle;
  try {
    handle = await (await names.getFileHandle(key, { create: true })).createSyncAccessHandle();
    handle.truncate(0);
    handle.write(new TextEncoder().encode(text));
  } catch (error) {
    // Another tab that writes the same has the handle.
    if (error.name !== 'NoModificationAllowedError') {
      throw error;
    }
  } finally {
    handle?.close();
  }
}

const megabytes = (bytes) => `${Math.ceil(bytes / 1e6)} MB`;

async function makeSureOfRoom(store, missing) {
  const { quota, usage } = await navigator.storage.estimate();
  let needed = 0;
  for (const { id, size } of missing) {
    needed += Math.max(0, size - ((await find(store.files, `${id}.part`))?.size ?? 0));
  }
  if (needed > quota - usage) {
    throw await full(needed);
  }
}

/** The browser's storage has no room for so many bytes. */
async function full(needed) {
  const { quota, usage } = await navigator.storage.estimate();
  const models = new Map();
  for (const { repo, bytes } of JSON.parse(await list())) {
    models.set(repo, (models.get(repo) ?? 0) + bytes);
  }
  const kept = [...models].filter(([, bytes]) => bytes).map(([repo, bytes]) => `${repo} (${megabytes(bytes)})`).join(', ');
  const clear = kept ? `delete models that are stored in this browser: ${kept}` : 'free space on this device';
  return fault('Full', `${megabytes(needed)} are still to come, and the browser has ${megabytes(Math.max(0, quota - usage))} left for this site;`
    + ` ${clear}, choose a smaller dtype, or let the server answer`);
}

/** In words, with the file's name. */
async function named(file, error) {
  const subject = `fetching ${file.path} of ${file.repo} at ${file.commit}`;
  switch (error.name) {
    case 'AbortError':
      return fault('AbortError', `${subject} was cancelled`);
    case 'Full':
      return error;
    case 'QuotaExceededError':
      return full(file.size);
    case 'Damaged':
      return fault('Damaged', `${subject}: ${error.message}; load the model again`);
    case 'RangeError':
      return fault('OutOfMemory', `no memory for the ${file.size} bytes of ${file.path} of ${file.repo};`
        + ' close other tabs, try a smaller dtype, or let the server answer');
    case 'Refused':
    case 'Busy':
      return fault('Refused', `${subject}: ${error.message}`);
    default:
      return fault('Refused', `${subject} broke off: ${error.message}; check that the server is running, then load the model again`);
  }
}

async function bring(store, file, signal, told) {
  try {
    await (store ? bringIntoStore(store, file, signal, told) : bringIntoMemory(file, signal, told));
  } catch (error) {
    throw await named(file, error);
  }
}

async function bringIntoMemory(file, signal, told) {
  inMemory.set(file.id, await download(null, file, signal, told));
}

async function bringIntoStore(store, file, signal, told) {
  const channel = new BroadcastChannel('samovar-downloads');
  // What the tab that has the lock tells, until this one has it.
  channel.onmessage = ({ data }) => data.id === file.id && told(data.loaded, data.verified);
  try {
    await navigator.locks.request(`samovar ${file.id}`, { signal }, async () => {
      channel.onmessage = null;
      if (!await whole(file)) {
        await download(store.files, file, signal, (loaded, verified) => {
          told(loaded, verified);
          channel.postMessage({ id: file.id, loaded, verified });
        });
      }
      told(file.size, file.size);
    });
  } finally {
    channel.close();
  }
}

const PIECE = 32 << 20;

/** The bytes of a file that is whole; they become the caller's. */
export async function read(file) {
  await keyed([file]);
  const kept = await whole(file);
  if (inMemory.delete(file.id)) {
    return kept;
  }
  try {
    if (!kept) {
      throw new Error('it was deleted meanwhile');
    }
    const bytes = new Uint8Array(file.size);
    for (let at = 0; at < file.size; at += PIECE) {
      bytes.set(new Uint8Array(await kept.slice(at, at + PIECE).arrayBuffer()), at);
    }
    return bytes;
  } catch (error) {
    if (error.name === 'RangeError') {
      throw await named(file, error);
    }
    throw fault('Refused', `reading ${file.path} of ${file.repo} from this browser's storage: ${error.message}; load the model again`);
  }
}

/** JSON: every file that is kept, whole or in part, with the bytes that it takes; those of a file with two names count once. */
export async function list() {
  const store = await open();
  const listed = [];
  const counted = new Set();
  for await (const [key, handle] of store?.names.entries() ?? []) {
    try {
      const name = JSON.parse(await (await handle.getFile()).text());
      const kept = await find(store.files, name.id) ?? await find(store.files, `${name.id}.part`);
      const bytes = kept && !counted.has(name.id) ? kept.size : 0;
      counted.add(name.id);
      listed.push({ ...name, key, bytes, whole: kept?.name === name.id });
    } catch {
      // It is being written.
    }
  }
  return JSON.stringify(listed);
}

/** Removes names, and the files that have no other; what a tab downloads now stays. */
export async function remove(keys) {
  const store = await open();
  if (!store) {
    return;
  }
  const named = JSON.parse(await list());
  const gone = named.filter(({ key }) => keys.includes(key));
  const left = new Set(named.filter(({ key }) => !keys.includes(key)).map(({ id }) => id));
  for (const { key, id } of gone) {
    await navigator.locks.request(`samovar ${id}`, { ifAvailable: true }, async (lock) => {
      if (lock) {
        for (const name of left.has(id) ? [] : [id, `${id}.part`, `${id}.json`]) {
          await store.files.removeEntry(name).catch(() => {});
        }
        // Last, so that nothing is left that no list tells of.
        await store.names.removeEntry(key).catch(() => {});
      }
    });
  }
}

/** Removes what other commits of a repository have left. */
export async function forgetOtherCommits(repo, commit) {
  const others = JSON.parse(await list()).filter((name) => name.repo === repo && name.commit !== commit);
  await remove(others.map(({ key }) => key));
}

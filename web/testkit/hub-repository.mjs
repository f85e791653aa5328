// A repository as the Hub describes it: commits, files with their sizes and hashes, which of them are in large file storage.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LARGE = /\.(onnx|onnx_data(_\d+)?|bin|safetensors)$/;

const hex = (algorithm, ...parts) => parts.reduce((hash, part) => hash.update(part), createHash(algorithm)).digest('hex');

/** What git keeps in the place of a large file. */
export function pointer(sha256, size) {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${size}\n`;
}

/** A file of these bytes: its path, size, git's hash, and for a large one the sha256 and a stand-in for the hash of its chunks. */
function describe(path, bytes) {
  const size = bytes.length;
  if (!LARGE.test(path)) {
    return { path, size, oid: hex('sha1', `blob ${size}\0`, bytes), read: () => bytes };
  }
  const sha256 = hex('sha256', bytes);
  const text = pointer(sha256, size);
  return { path, size, sha256, oid: hex('sha1', `blob ${text.length}\0`, text), pointerSize: text.length, xetHash: hex('sha256', 'xet', sha256), read: () => bytes };
}

/** The files in a folder and its folders, by their paths in it, in order. */
export function walk(folder, prefix = '') {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]).sort();
}

/**
 * One commit.
 * @param folder whose files it holds, or null
 * @param more further files by their path: bytes or text; they replace those of the folder
 */
export function commit(folder, more = {}) {
  const contents = new Map((folder ? walk(folder) : []).map((path) => [path, readFileSync(join(folder, path))]));
  Object.entries(more).forEach(([path, content]) => contents.set(path, Buffer.from(content)));
  const files = [...contents].map(([path, bytes]) => describe(path, bytes)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const sha = hex('sha1', ...files.map((file) => `${file.path}\0${file.oid}\n`));
  return { sha, files, find: (path) => files.find((file) => file.path === path) };
}

/**
 * Names and sizes of files, as the Hub's model info has them; of the contents only weights under 200 MB are read. For servers whose
 * clients only choose from the list.
 * @param files Map from the name in the repository to the file
 */
export function quickInfo(id, files) {
  const siblings = [...files].map(([rfilename, file]) => {
    const { size } = statSync(file);
    const sha256 = LARGE.test(rfilename) && size < 200_000_000 && hex('sha256', readFileSync(file));
    return { rfilename, size, ...(sha256 ? { lfs: { sha256, size, pointerSize: pointer(sha256, size).length } } : {}) };
  });
  return { id, modelId: id, sha: hex('sha1', JSON.stringify(siblings)), siblings };
}

const DATE = '2026-01-15T09:30:00.000Z';

/** `/api/models/{id}`; `expand` are the only fields wanted, `blobs` asks for sizes and hashes. */
export function modelInfo(repository, { sha, files }, { expand = [], blobs = false } = {}) {
  const [author] = repository.id.split('/');
  const siblings = files.map((file) => ({
    rfilename: file.path,
    ...(blobs ? { size: file.size, blobId: file.oid } : {}),
    ...(blobs && file.sha256 ? { lfs: { sha256: file.sha256, size: file.size, pointerSize: file.pointerSize } } : {}),
  }));
  const info = {
    _id: hex('sha1', repository.id).slice(0, 24), id: repository.id, private: false, pipeline_tag: 'text-generation',
    library_name: 'transformers.js', tags: ['transformers.js', 'onnx'], downloads: 1234, likes: 7, modelId: repository.id, author, sha,
    lastModified: DATE, createdAt: DATE, gated: repository.gated ? 'manual' : false, disabled: false, siblings,
  };
  return expand.length === 0 ? info : Object.fromEntries(Object.entries(info).filter(([name]) => ['_id', 'id', ...expand].includes(name)));
}

function fileEntry(file) {
  return {
    type: 'file', oid: file.oid, size: file.size,
    ...(file.sha256 ? { lfs: { oid: file.sha256, size: file.size, pointerSize: file.pointerSize }, xetHash: file.xetHash } : {}),
    path: file.path,
  };
}

/** `/api/models/{id}/tree/{revision}/{folder}`: folders and files in order of their paths; null if there is no such folder. */
export function tree({ files }, folder, recursive) {
  const prefix = folder ? `${folder}/` : '';
  const entries = new Map();
  for (const file of files.filter(({ path }) => path.startsWith(prefix))) {
    const parts = file.path.slice(prefix.length).split('/');
    for (let depth = 1; depth < (recursive ? parts.length : Math.min(2, parts.length)); depth++) {
      const path = prefix + parts.slice(0, depth).join('/');
      entries.set(path, { type: 'directory', oid: hex('sha1', path), size: 0, path });
    }
    if (recursive || parts.length === 1) {
      entries.set(file.path, fileEntry(file));
    }
  }
  return entries.size === 0 && folder ? null : [...entries.values()];
}

/** `/api/models/{id}/paths-info/{revision}`: the files and folders among these paths. */
export function pathsInfo(commitOf, paths, expand) {
  const all = new Map(tree(commitOf, '', true).map((entry) => [entry.path, entry]));
  const lastCommit = { id: commitOf.sha, title: 'the only one', date: DATE };
  return paths.filter((path) => all.has(path)).map((path) => ({ ...all.get(path), ...(expand ? { lastCommit } : {}) }));
}

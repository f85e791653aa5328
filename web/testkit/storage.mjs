// What a page's origin-private storage holds, as tests look at it: past the product's own code.

/** The names of files of models that are kept: repo, commit, path, size, id. */
export function stored(page) {
  return page.evaluate(async () => {
    const names = await (await (await navigator.storage.getDirectory()).getDirectoryHandle('samovar')).getDirectoryHandle('names');
    const listed = [];
    for await (const handle of names.values()) {
      listed.push(JSON.parse(await (await handle.getFile()).text()));
    }
    return listed;
  });
}

/** The files themselves with their sizes, `.part` and `.json` of what is on its way among them. */
export function files(page) {
  return page.evaluate(async () => {
    const folder = await (await (await navigator.storage.getDirectory()).getDirectoryHandle('samovar')).getDirectoryHandle('files');
    const listed = [];
    for await (const handle of folder.values()) {
      listed.push({ name: handle.name, size: (await handle.getFile()).size });
    }
    return listed.sort((one, other) => one.name.localeCompare(other.name));
  });
}

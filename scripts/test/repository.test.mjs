// Checks on the repository itself: nothing in it may name a package registry's host or a place on somebody's machine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import test from 'node:test';

const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { encoding: 'utf8' }).trim();
const run = (command, ...args) => {
  try {
    return execFileSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  } catch (fault) {
    if (fault.status === 1 && command === 'git') return ''; // git grep found nothing
    throw fault;
  }
};
// Written in parts, so that this file does not find itself.
const publicRegistries = [
  ['registry', 'npmjs', 'org'], ['repo', 'maven', 'apache', 'org'], ['repo1', 'maven', 'org'], ['files', 'pythonhosted', 'org'],
  ['deb', 'debian', 'org'], ['registry', 'yarnpkg', 'com'],
].map((parts) => parts.join('.'));

test('no tracked file names a package registry', () => {
  const configured = new URL(run('npm', 'config', 'get', 'registry').trim()).host;
  for (const host of new Set([...publicRegistries, configured])) {
    assert.equal(run('git', 'grep', '-nIF', host), '', `${host} stands in a tracked file`);
  }
});

test('lock files record no download addresses', () => {
  const locks = run('git', 'ls-files', '*package-lock.json').trim().split('\n').filter(Boolean);
  assert.ok(locks.length > 0, 'there is a lock file');
  for (const lock of locks) {
    assert.doesNotMatch(readFileSync(`${root}/${lock}`, 'utf8'), /"resolved": "https?:/, lock);
    assert.match(readFileSync(`${root}/${dirname(lock)}/.npmrc`, 'utf8'), /omit-lockfile-registry-resolved=true/, lock);
  }
});

test('no tracked file names the folder it was written in', () => {
  assert.equal(run('git', 'grep', '-nIF', `${root}/`), '');
});

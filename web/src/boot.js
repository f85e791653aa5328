// Starts the compiled client as a page, and says so where it can't start.
import './offline.js';

const status = document.getElementById('status');
try {
  const [{ main }, { renderMarkdown }] = await Promise.all([import('./samovar.js'), import('./markdown.js')]);
  // Handed over here, so that the worker, which runs the same script, needs no Markdown.
  globalThis.renderMarkdown = renderMarkdown;
  main(['page', document.documentElement.dataset.worker]);
} catch (error) {
  status.textContent = `The page could not start: ${error.message}. Reload it; a current browser is needed.`;
  throw error;
}

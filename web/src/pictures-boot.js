// Starts the compiled client as the page of pictures, and says so where it can't start.
import './offline.js';

const status = document.getElementById('status');
try {
  const [{ main }, { drawings }] = await Promise.all([import('./samovar-pictures.js'), import('./drawings.js')]);
  globalThis.drawings = drawings;
  main(['page', document.documentElement.dataset.worker]);
} catch (error) {
  status.textContent = `The page could not start: ${error.message}. Reload it; a current browser is needed.`;
  throw error;
}

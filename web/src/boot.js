// Starts the compiled page, and says so where it can't start.
const status = document.getElementById('status');
try {
  const { main } = await import('./page.js');
  main([document.documentElement.dataset.worker]);
} catch (error) {
  status.textContent = `The page could not start: ${error.message}. Reload it; a current browser is needed.`;
  throw error;
}

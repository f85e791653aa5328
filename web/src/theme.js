// Before the first paint: the visitor's choice of light or dark, if there was one.
try {
  const chosen = localStorage.getItem('samovar.theme');
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // Storage is blocked: the system's choice holds.
}

// Before the first paint, so that a dark page does not flash white.
(function () {
  var chosen = localStorage.getItem('estran.theme');
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  document.documentElement.style.background = dark ? '#10181c' : '#fcfdfc';
})();

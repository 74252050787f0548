// What a page shows stands in its address from the start (zyb/ui/controls.py). Filling it in is no step of its own:
// otherwise “back” would lead to the same page with a barer address, which fills itself in again, without end.
(() => {
  "use strict";

  const FILLED_IN = new Set(["province", "as_of", "measure"]);
  const push = history.pushState.bind(history);

  function onlyFillsIn(next) {
    if (next.origin !== location.origin || next.pathname !== location.pathname) return false;
    const now = new URLSearchParams(location.search);
    if ([...now].some(([name, value]) => next.searchParams.get(name) !== value)) return false;
    return [...next.searchParams.keys()].every(name => now.has(name) || FILLED_IN.has(name));
  }

  history.pushState = (state, title, url) => {
    if (url && onlyFillsIn(new URL(url, location.href))) history.replaceState(state, title, url);
    else push(state, title, url);
  };
})();

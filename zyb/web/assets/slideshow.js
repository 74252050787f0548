// 领导汇报: turns the slides that a page holds in .z-show. Everything here happens in the browser, so a key shows
// the next slide at once. Which slide is shown, and the rotation, stand in the URL: a reload stays where it was.
(() => {
  "use strict";

  const STILL_AFTER = 3000;  // milliseconds until pointer and tools hide
  const root = document.documentElement, shows = document.getElementsByClassName("z-show");
  let deck = null, screens = [], place = 0, every = 0, turning = 0, stilling = 0, ownFullScreen = false, awake = null;

  const presenting = () => root.classList.contains("z-presenting");
  const asked = name => Number.parseInt(new URLSearchParams(location.search).get(name) ?? "", 10) || 0;

  function remember(values) {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(values)) {
      if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  function show(number) {
    place = (number + screens.length) % screens.length;
    screens.forEach((screen, n) => screen.classList.toggle("z-current", n === place));
    deck.querySelectorAll(".z-dot").forEach((dot, n) => dot.setAttribute("aria-current", String(n === place)));
    remember({ slide: place + 1 });
  }

  function start(number) {
    document.activeElement?.blur();
    root.classList.add("z-presenting");
    show(Math.max(0, Math.min(number, screens.length - 1)));
    rotate(asked("auto"));
    stir();
    keepAwake();
  }

  function leave() {
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    stop();
    clearTimeout(stilling);
    root.classList.remove("z-presenting", "z-still");
    screens.forEach(screen => screen.classList.remove("z-current"));
    remember({ slide: 0, auto: 0 });
    awake?.release().catch(() => {});
    awake = null;
    screens[place]?.scrollIntoView({ block: "nearest" });
  }

  // A screen saver in the middle of a talk helps nobody; where the browser refuses, so be it.
  async function keepAwake() {
    try { awake = await navigator.wakeLock?.request("screen") ?? null; } catch { awake = null; }
  }

  // ---- rotation ----

  function rotate(seconds) {
    clearInterval(turning);
    every = seconds > 0 ? seconds : 0;
    turning = every ? setInterval(() => show(place + 1), every * 1000) : 0;
    for (const button of deck.querySelectorAll("[data-show^=every-]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === `every-${every}`));
    }
    if (presenting()) remember({ auto: every });
  }

  function stop() {
    if (every) rotate(0);
  }

  // ---- full screen and pointer ----

  function fullScreen() {
    if (document.fullscreenElement) { ownFullScreen = true; return void document.exitFullscreen(); }
    root.requestFullscreen?.().catch(() => {});
  }

  // The browser keeps Esc for itself there; leaving the full screen by it ends the talk, as people expect.
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && presenting() && !ownFullScreen) leave();
    ownFullScreen = false;
  });

  function stir() {
    clearTimeout(stilling);
    root.classList.remove("z-still");
    stilling = setTimeout(() => root.classList.toggle("z-still", presenting()), STILL_AFTER);
  }

  // ---- keys and clicks ----

  const KEYS = {
    ArrowRight: () => show(place + 1), ArrowDown: () => show(place + 1), PageDown: () => show(place + 1), " ": () => show(place + 1), Enter: () => show(place + 1),
    ArrowLeft: () => show(place - 1), ArrowUp: () => show(place - 1), PageUp: () => show(place - 1), Backspace: () => show(place - 1),
    Home: () => show(0), End: () => show(screens.length - 1), Escape: leave, f: fullScreen, F: fullScreen
  };
  const isTyping = element => Boolean(element?.closest?.("input, textarea, select, [contenteditable=true]"));

  document.addEventListener("keydown", event => {
    const pressed = event.target.closest?.("[data-show]");
    if (!deck || isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!presenting()) {
      // On the overview only a slide that has the focus answers, as a button does.
      if (pressed?.matches(".z-screen") && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); start(Number(pressed.dataset.show) - 1); }
      return;
    }
    const isOnButton = pressed?.matches("button") && (event.key === "Enter" || event.key === " ");
    if (!isOnButton) stop();
    if (!(event.key in KEYS) || isOnButton) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  }, true);

  function act(action) {
    if (action === "back") { stop(); show(place - 1); }
    else if (action === "next") { stop(); show(place + 1); }
    else if (action === "pause") stop();
    else if (action === "full") fullScreen();
    else if (action === "leave") leave();
    else if (action === "start-full") { start(0); fullScreen(); }
    else if (action.startsWith("every-")) rotate(Number(action.slice("every-".length)));
    else if (presenting()) { stop(); show(Number(action) - 1); }
    else start(Number(action) - 1);
  }

  document.addEventListener("click", event => {
    const pressed = event.target.closest?.("[data-show]");
    if (!deck || !pressed) return;
    pressed.blur();
    act(presenting() && pressed.matches(".z-screen") ? "next" : pressed.dataset.show);
  });
  document.addEventListener("pointermove", () => { if (presenting()) stir(); });

  // ---- the page comes, changes and goes ----

  function look() {
    const found = shows[0] ?? null;
    if (found === deck && found?.querySelector(".z-screen") === screens[0]) return;
    deck = found;
    screens = deck ? [...deck.querySelectorAll(".z-screen")] : [];
    if (screens.length && asked("slide")) start(asked("slide") - 1);
    else if (presenting()) { root.classList.remove("z-presenting", "z-still"); clearInterval(turning); every = 0; }
  }

  new MutationObserver(look).observe(document, { subtree: true, childList: true });
  look();
})();

// Before printing: the day, and drawings that fit the paper. A chart is drawn for its place in the window and
// does not narrow by itself; with a view box it does. Of a map the empty margins left and right are cut off.
(() => {
  const MARGIN = 6;

  function drawn(plot, width) {
    const map = plot.querySelector(".geolayer");
    const box = map?.childElementCount ? map.getBBox() : null;
    if (!box?.width) return [0, width];
    const left = Math.max(0, box.x - MARGIN);
    return [left, Math.min(width, box.x + box.width + MARGIN) - left];
  }

  function fit(plot) {
    const drawings = plot.querySelectorAll(".main-svg");
    const [width, height] = ["width", "height"].map(side => Number(drawings[0]?.getAttribute(side)));
    if (!width || !height) return;
    const [left, visible] = drawn(plot, width);
    for (const drawing of drawings) drawing.setAttribute("viewBox", `${left} 0 ${visible} ${height}`);
    plot.style.setProperty("--z-drawn", `${visible}px`);
    plot.style.setProperty("--z-ratio", `${visible} / ${height}`);
    plot.dataset.paper = "";
  }

  function release(plot) {
    for (const drawing of plot.querySelectorAll(".main-svg")) drawing.removeAttribute("viewBox");
    delete plot.dataset.paper;
  }

  addEventListener("beforeprint", () => {
    const beijing = new Date(Date.now() + 8 * 3600 * 1000); // read as UTC: Beijing's day in every zone
    const [year, month, day] = [beijing.getUTCFullYear(), beijing.getUTCMonth() + 1, beijing.getUTCDate()];
    const words = `打印日期 ${year}年${month}月${day}日`;
    document.documentElement.style.setProperty("--z-printed", `"${words}"`);
    document.querySelectorAll(".js-plotly-plot").forEach(fit);
  });
  addEventListener("afterprint", () => document.querySelectorAll(".js-plotly-plot").forEach(release));
})();

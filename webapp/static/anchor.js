/* A link to a paragraph or a cell, pasted with the text behind it: go to the anchor that it begins with. */
"use strict";
(() => {
  function mend() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { return; }
    if (!name || document.getElementById(name)) return;
    const meant = (/^[\w.]+/.exec(name.trim()) || [""])[0].replace(/\.+$/, "");
    if (meant && document.getElementById(meant)) location.replace(`#${meant}`);
  }
  addEventListener("hashchange", mend);
  mend();
})();

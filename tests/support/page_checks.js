// What a page must hold, asked from inside it. Each function returns a list of sentences; none means all is well.
({
  headings() {
    const seen = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")]
      .filter((one) => one.checkVisibility())
      .map((one) => [Number(one.ariaLevel || one.tagName.slice(1)), one.textContent.trim().slice(0, 60)]);
    const faults = [];
    const first = seen.filter(([level]) => level === 1);
    if (first.length !== 1) faults.push(`${first.length} H1 on the page`);
    seen.forEach(([level, text], at) => {
      // What went wrong stands above the H1, under a heading of level 2.
      const before = at ? seen[at - 1][0] : 1;
      if (level > before + 1) faults.push(`heading level jumps from ${before} to ${level}: ${text}`);
    });
    return faults;
  },

  sideways() {
    const room = document.scrollingElement;
    if (room.scrollWidth <= room.clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (one) => one.getBoundingClientRect().right > room.clientWidth + 1 && one.checkVisibility(),
    );
    const named = wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
    return [`the page scrolls sideways, ${room.scrollWidth} of ${room.clientWidth} px: ${named.join(" | ")}`];
  },

  doubled() {
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id twice: ${id}`);
  },

  // How a control looks, with its labels and what stands around it.
  look(one) {
    const around = [one, ...(one.labels || []), one.parentElement].flatMap((each) =>
      [null, "::before", "::after"].map((part) => getComputedStyle(each, part)),
    );
    const looks = ["boxShadow", "border", "backgroundColor", "color", "textDecoration", "clipPath", "top", "left"];
    // An outline of no style is not drawn, whatever its width.
    const outline = (style) => (style.outlineStyle === "none" ? "" : style.outline);
    return around.map((style) => [outline(style), ...looks.map((name) => style[name])].join()).join(";");
  },

  isSeen(one) {
    one.blur();
    const before = this.look(one);
    one.focus({ focusVisible: true, preventScroll: true });
    return this.look(one) !== before;
  },

  // Everything that takes focus must look otherwise than without it.
  focus() {
    const able = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex^='-'])";
    const was = document.activeElement;
    const blind = [...document.querySelectorAll(able)].filter((one) => {
      if (one.disabled || !one.checkVisibility({ visibilityProperty: true })) return false;
      return !this.isSeen(one) && document.activeElement === one;
    });
    if (was !== document.body) was.focus({ preventScroll: true });
    else this.startOver();
    return blind.map((one) => `focus cannot be seen on ${one.outerHTML.slice(0, 160)}`);
  },

  // Let the next Tab begin at the top of the page.
  startOver() {
    const first = document.createElement("span");
    first.tabIndex = -1;
    document.body.prepend(first);
    first.focus({ preventScroll: true });
    first.remove();
  },
})

// What the builder's template leaves out for whoever uses a keyboard or a screen reader.
document.addEventListener("DOMContentLoaded", () => {
  const mend = () => {
    for (const wide of document.querySelectorAll(".md-typeset__scrollwrap, pre > code")) {
      wide.tabIndex = 0; // what scrolls sideways can be reached by keyboard
    }
    // a second way, for pointers only, to close the menu
    document.querySelectorAll("label.md-overlay").forEach((one) => one.setAttribute("aria-hidden", "true"));
  };
  mend();
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
});

// How the article looks, changed while it is read.

const SIZES = [15, 16, 17, 18, 19, 20, 22, 24, 27, 30];
const root = document.documentElement;

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#appearance [data-step]")))
  button.addEventListener("click", () => {
    const at = SIZES.indexOf(Number(root.dataset.size ?? 19));
    root.dataset.size = String(SIZES[Math.min(SIZES.length - 1, Math.max(0, at + Number(button.dataset.step)))]);
  });
